import { describe, expect, test } from 'vitest';
import { limits, objects } from './lowered.ts';

const services = `
kind: Service
metadata: {name: home, namespace: shop}
spec: {ports: {http: {port: 80}}}
---
kind: Service
metadata: {name: db, namespace: shop}
spec: {ports: {mysql: {port: 3306}, tls: {port: 443}}}
---
`;
const gateway = (listeners: string): string =>
  `kind: Gateway\nmetadata: {name: public, namespace: edge}\nspec:\n  workload: {labels: {istio: ingressgateway}}\n  listeners:\n${listeners}\n---\n`;
const route = (spec: string): string =>
  `kind: Route\nmetadata: {name: pages, namespace: edge}\nspec: ${spec}\n`;
const toHome = { destination: { host: 'home.shop.svc.cluster.local', port: { number: 80 } } };

test('a hostname is a separate object, with the rules of each listener', () => {
  const made = objects(
    services +
      gateway(
        '    web: {port: 80, protocol: http}\n    other: {port: 8080, protocol: http, hostnames: [a.example]}',
      ) +
      route(
        '{gateways: [public], hostnames: [a.example], rules: [{name: all, match: [{path: {exact: /a}}], backends: [{service: shop/home}]}]}',
      ),
  );
  expect(made['Gateway/edge/public']!.spec).toEqual({
    selector: { istio: 'ingressgateway' },
    servers: [
      { port: { number: 8080, name: 'other', protocol: 'HTTP' }, hosts: ['./a.example'] },
      { port: { number: 80, name: 'web', protocol: 'HTTP' }, hosts: ['./*'] },
    ],
  });
  const entries = [8080, 80].flatMap((port) => [
    {
      name: 'pages/all',
      match: [{ uri: { exact: '/a' }, port }],
      route: [toHome],
      timeout: '15s',
      retries: { attempts: 0 },
    },
    { name: 'pages/none', match: [{ port }], directResponse: { status: 404 } },
  ]);
  expect(made['VirtualService/edge/host.public.a.example']!.spec).toEqual({
    hosts: ['a.example'],
    gateways: ['edge/public'],
    http: entries,
  });
});

test('a redirect to https is a rule: the field of Istio for it keeps the port in Host', () => {
  const made = objects(services + gateway('    web: {port: 80, protocol: http, httpsRedirect: true}'));
  expect(made['Gateway/edge/public']!.spec.servers).toEqual([
    { port: { number: 80, name: 'web', protocol: 'HTTP' }, hosts: ['./*'] },
  ]);
  const { hosts, gateways, http } = made['VirtualService/edge/any.public']!.spec;
  expect({ hosts, gateways }).toEqual({ hosts: ['*'], gateways: ['edge/public'] });
  // Without an https listener a host is redirected to 443 (language page, Gateway).
  expect(http.at(-1)).toEqual({
    name: 'web/to-https',
    redirect: { scheme: 'https', port: 443, redirectCode: 301 },
  });
});

describe('a redirect to https at the port of another listener', () => {
  const access = (rule: string): string =>
    `---\nkind: Access\nmetadata: {name: public, namespace: edge}\nspec: {gateway: public, rules: [${rule}]}\n`;
  const allowed = access('{allow: {from: [{address: 10.0.0.0/8}]}}');
  const listeners = (port: number): string =>
    `    web: {port: 80, protocol: http}\n    away: {port: ${String(port)}, protocol: http, hostnames: [old.example], httpsRedirect: true}`;
  const page = route('{gateways: [public], rules: [{backends: [{service: shop/home}]}]}');
  const mesh = (port: number): string => services + gateway(listeners(port)) + page + allowed;
  const open = { to: [{ operation: { ports: ['8080'] } }] };
  const shared = 'gateway.https-redirect: another listener has its port, and policies of Istio guard ports';

  test('is guarded as that one, which its policy would open to everybody', () => {
    const policy = objects(mesh(80))['AuthorizationPolicy/edge/allow.public.gateway']!;
    expect(policy.spec.rules).toEqual([{ from: [{ source: { remoteIpBlocks: ['10.0.0.0/8'] } }] }]);
    expect(limits(mesh(80))).toContain(shared);
  });

  test('is open at a port of its own', () => {
    const policy = objects(mesh(8080))['AuthorizationPolicy/edge/allow.public.gateway']!;
    expect(policy.spec.rules).toContainEqual(open);
    expect(limits(mesh(8080))).not.toContain(shared);
  });
});

test('a policy names no port of a listener that Istio does not serve', () => {
  const made = objects(
    services +
      gateway(
        '    web: {port: 80, protocol: http}\n    away: {port: 81, protocol: http, httpsRedirect: true}\n    own: {port: 443, protocol: https, tls: {certificate: {issued: true}}}',
      ) +
      route('{gateways: [public], rules: [{backends: [{service: shop/home}]}]}') +
      `---\nkind: Access\nmetadata: {name: public, namespace: edge}\nspec: {gateway: public, rules: [{allow: {from: [{anyone: true}]}}]}\n`,
  );
  expect(made['AuthorizationPolicy/edge/allow.public.gateway']!.spec.rules).toEqual([
    { to: [{ operation: { ports: ['80'] } }] },
    { to: [{ operation: { ports: ['81'] } }] },
  ]);
});

test('a listener has only the widest of its hostnames: Istio combines the rules of two at the narrower one', () => {
  const made = objects(
    services +
      gateway('    web: {port: 80, protocol: http, hostnames: ["*.a.example", b.a.example, c.example]}'),
  );
  expect(made['Gateway/edge/public']!.spec.servers[0].hosts).toEqual(['./*.a.example', './c.example']);
});

test('connections are routed by server name, or without one', () => {
  const made = objects(
    services +
      gateway('    sealed: {port: 8443, protocol: tls}\n    db: {port: 3306, protocol: tcp}') +
      route(
        '{gateways: [public], rules: [{match: [{port: sealed, sni: [one.example, "*.two.example"]}], backends: [{service: shop/db, port: tls}]}, {match: [{port: db}], backends: [{service: shop/db, port: mysql}]}]}',
      ),
  );
  expect(made['VirtualService/edge/any.public']!.spec).toMatchObject({
    tls: [
      {
        match: [
          { port: 8443, sniHosts: ['one.example'] },
          { port: 8443, sniHosts: ['*.two.example'] },
        ],
        route: [{ destination: { port: { number: 443 } } }],
      },
    ],
    tcp: [{ match: [{ port: 3306 }], route: [{ destination: { port: { number: 3306 } } }] }],
  });
});

describe('certificates', () => {
  const tls = (written: string) =>
    services + gateway(`    web: {port: 443, protocol: https, tls: {certificate: ${written}}}`);

  test.each<[string, string, object]>([
    ['a Secret', '{secret: web}', { mode: 'SIMPLE', credentialName: 'web', minProtocolVersion: 'TLSV1_2' }],
    [
      'files, and clients that must show a certificate',
      '{files: {certificate: /c.pem, key: /k.pem}}, minVersion: "1.3", clientCertificates: {ca: {file: /ca.pem}}',
      {
        mode: 'MUTUAL',
        serverCertificate: '/c.pem',
        privateKey: '/k.pem',
        caCertificates: '/ca.pem',
        minProtocolVersion: 'TLSV1_3',
      },
    ],
    [
      'a Secret, and clients that may show a certificate',
      '{secret: web}, clientCertificates: {ca: {secret: clients}, required: false}',
      { mode: 'OPTIONAL_MUTUAL', credentialName: 'web', caCertCredentialName: 'clients' },
    ],
  ])('%s', (_, written, expected) => {
    expect(limits(tls(written))).toEqual([]);
    expect(objects(tls(written))['Gateway/edge/public']!.spec.servers).toMatchObject([
      { port: { protocol: 'HTTPS' }, tls: expected },
    ]);
  });

  test.each([
    ['a certificate that the mesh would issue', '{issued: true}'],
    [
      'a certificate and authorities that are stored in different ways',
      '{secret: web}, clientCertificates: {ca: {file: /ca.pem}}',
    ],
  ])('%s: there is no listener rather than plain text', (_, written) => {
    expect(limits(tls(written)).map((limit) => limit.split(':')[0])).toEqual(['gateway.tls']);
    expect(objects(tls(written))['Gateway/edge/public']).toBeUndefined();
  });
});

// Istio reads a Secret in the namespace of the gateway's pods, by its name alone.
test.each(['shop-tls', 'edge/shop-tls'])(
  'the Secret %s of the own namespace has its plain name',
  (secret) => {
    const made = objects(
      services +
        gateway(`    secure: {port: 443, protocol: https, tls: {certificate: {secret: ${secret}}}}`) +
        route('{gateways: [public], rules: [{backends: [{service: shop/home}]}]}'),
    );
    expect(made['Gateway/edge/public']!.spec).toMatchObject({
      servers: [{ tls: { credentialName: 'shop-tls' } }],
    });
  },
);
