import { describe, expect, test } from 'vitest';
import { limits, objects } from './lowered.ts';

const options = { options: { mode: 'ambient' } };
const egress = '  egress: allow\n';

/** Losses of a service without a waypoint: `store`, as in `services`. */
const ztunnelAlone = [
  expect.stringMatching(/^settings\.default-balancing: .*ztunnel picks instances at random/),
  expect.stringMatching(/^settings\.default-connections: .*ztunnel has limits of its own/),
];

const services = `
kind: Service
metadata: {name: api, namespace: shop}
spec: {ports: {http: {port: 80, targetPort: 8080}, db: {port: 3306, protocol: mysql}}}
---
kind: Service
metadata: {name: store, namespace: shop}
spec: {ports: {db: {port: 5432, targetPort: 15432, protocol: postgres}}}
---
kind: Service
metadata: {name: web, namespace: shop}
spec: {}
---
`;

function access(service: string, rules: string): string {
  return `kind: Access\nmetadata: {name: ${service}, namespace: shop}\nspec: {service: ${service}, rules: [${rules.startsWith('{') ? rules : `{${rules}}`}]}\n---\n`;
}

describe('a waypoint', () => {
  test('exists in each namespace whose services need one, and lists the labels that they need', () => {
    const { spec, metadata, apiVersion } = objects(services, egress, options)['Gateway/shop/mesh-waypoint'];
    expect(apiVersion).toBe('gateway.networking.k8s.io/v1');
    expect(spec).toEqual({
      gatewayClassName: 'istio-waypoint',
      listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE' }],
    });
    expect(metadata.labels['istio.io/waypoint-for']).toBe('service');
    expect(JSON.parse(metadata.annotations['meshwright.dev/needs-labels'])).toEqual({
      'Service/shop/api': {
        'istio.io/use-waypoint': 'mesh-waypoint',
        'istio.io/ingress-use-waypoint': 'true',
      },
    });
  });

  test('does not exist if only connections are needed, nor with sidecars', () => {
    const [, store = ''] = services.split('---\n');
    const gatewaysOf = (found: object) => Object.keys(found).filter((name) => name.startsWith('Gateway'));
    expect(gatewaysOf(objects(store, egress, options))).toEqual([]);
    expect(gatewaysOf(objects(services, egress))).toEqual([]);
  });

  test('is separate for a service that is a backend of another Route', () => {
    const route = `kind: Route\nmetadata: {name: api, namespace: shop}\nspec: {service: api, rules: [{backends: [{service: other}]}]}\n---\nkind: Service\nmetadata: {name: other, namespace: shop}\nspec: {ports: {http: {port: 80}}}\n---\n`;
    const documents = `${services}${route}${access('other', 'allow: {from: [web]}')}`;
    const found = objects(documents, egress, options);
    expect(found['Gateway/shop/mesh-waypoint-other']).toBeDefined();
    expect(found['AuthorizationPolicy/shop/waypoint.other'].spec.rules[0].from).toEqual([
      { source: { principals: ['t.example/ns/shop/sa/mesh-waypoint-other'] } },
    ]);
    expect(limits(documents, egress, options)).toEqual([
      expect.stringMatching(/^access\.identity: the waypoint of one service/),
      ...ztunnelAlone,
    ]);
  });
});

describe('access to a service', () => {
  const rules = access('api', 'allow: {from: [web], to: [{ports: [http], methods: [GET]}]}');

  test('is checked at the waypoint, for the service and its own ports', () => {
    const { spec } = objects(`${services}${rules}`, egress, options)['AuthorizationPolicy/shop/allow.api'];
    expect(spec).toEqual({
      targetRefs: [{ group: '', kind: 'Service', name: 'api' }],
      action: 'ALLOW',
      rules: [
        {
          from: [{ source: { principals: ['t.example/ns/shop/sa/web'] } }],
          to: [{ operation: { ports: ['80'], methods: ['GET'] } }],
        },
      ],
    });
  });

  test('can not be bypassed around the waypoint', () => {
    const { spec } = objects(`${services}${rules}`, egress, options)['AuthorizationPolicy/shop/waypoint.api'];
    expect(spec).toEqual({
      selector: { matchLabels: { app: 'api' } },
      action: 'ALLOW',
      rules: [
        {
          from: [{ source: { principals: ['t.example/ns/shop/sa/mesh-waypoint'] } }],
          to: [{ operation: { ports: ['8080', '3306'] } }],
        },
      ],
    });
  });

  test('of a service without waypoint is checked at its pods, only for connections', () => {
    const found = objects(`${services}${access('store', 'allow: {from: [web]}')}`, egress, options);
    expect(found['AuthorizationPolicy/shop/allow.store'].spec).toEqual({
      selector: { matchLabels: { app: 'store' } },
      action: 'ALLOW',
      rules: [
        {
          from: [{ source: { principals: ['t.example/ns/shop/sa/web'] } }],
          to: [{ operation: { ports: ['15432'] } }],
        },
      ],
    });
    expect(found).not.toHaveProperty(['AuthorizationPolicy/shop/waypoint.store']);
  });

  test('has no conditions on requests in policies for pods', () => {
    const more = access(
      'store',
      '{allow: {from: [web], to: [{methods: [GET]}]}}, {deny: {to: [{paths: [{exact: /a}]}]}}',
    );
    const found = objects(`${services}${rules}${more}`, egress, options);
    for (const { spec } of Object.values(found)) {
      if (spec.selector === undefined) continue;
      for (const { to = [], when } of spec.rules ?? []) {
        expect(when).toBeUndefined();
        for (const { operation } of to) expect(Object.keys(operation)).toEqual(['ports']);
      }
    }
    expect(found['AuthorizationPolicy/shop/allow.store'].spec).not.toHaveProperty('rules');
  });

  test('does not see a path that a route changes, so more is refused', () => {
    const route =
      'kind: Route\nmetadata: {name: api, namespace: shop}\nspec: {service: api, ports: [http], rules: [{match: [{path: {prefix: /a}}], backends: [{}], rewrite: {path: {replacePrefix: /b}}}]}\n---\n';
    const documents = `${services}${route}${access('api', '{allow: {from: [web], to: [{paths: [{prefix: /b}]}]}}, {deny: {from: [web], to: [{paths: [{exact: /b/c}]}]}}')}`;
    const found = objects(documents, egress, options);
    expect(found['AuthorizationPolicy/shop/allow.api'].spec).not.toHaveProperty('rules');
    expect(found['AuthorizationPolicy/shop/deny.api'].spec.rules[0].to).toEqual([
      { operation: { ports: ['80'] } },
    ]);
    expect(
      limits(documents, egress, options).filter((lost) => lost.includes('before its routes change')),
    ).toHaveLength(2);
  });

  test('has no rule for an identity if callers have none', () => {
    const documents = `${services.replace('mysql}}', 'mysql}}, mtls: disabled')}${rules}`;
    expect(objects(documents, egress, options)['AuthorizationPolicy/shop/allow.api'].spec).not.toHaveProperty(
      'rules',
    );
    expect(objects(documents, egress, options)['PeerAuthentication/shop/api'].spec.mtls).toEqual({
      mode: 'PERMISSIVE',
    });
    expect(limits(documents, egress, options)).toContainEqual(expect.stringMatching(/^mtls\.disabled: /));
  });

  test('at a port without identity does not affect rules at other ports', () => {
    const door = services.replace('port: 80, targetPort: 8080', 'port: 80, targetPort: 8080, mtls: disabled');
    const rulesOf = (rule: string) =>
      objects(`${door}${access('api', rule)}`, egress, options)['AuthorizationPolicy/shop/allow.api'].spec
        .rules;
    const from = [{ source: { principals: ['t.example/ns/shop/sa/web'] } }];
    expect(rulesOf('allow: {from: [web]}')).toEqual([{ from, to: [{ operation: { ports: ['3306'] } }] }]);
    expect(rulesOf('allow: {from: [{anyone: true}]}')).toEqual([{}]);
  });
});

describe('a rule for some callers', () => {
  const routed = (from: string, port = 'http') =>
    `${services}kind: Route\nmetadata: {name: api, namespace: shop}\nspec: {service: api, ports: [${port}], rules: [{match: [{from: [${from}]}], backends: [{}]}]}\n`;
  const conditions = (from: string) =>
    objects(routed(from), egress, options)['VirtualService/shop/api'].spec.http[0].match;

  test('compares the identity that the waypoint records', () => {
    expect(conditions('{service: web}, {namespace: ops}')).toEqual([
      { port: 80, headers: { 'x-meshwright-caller': { exact: 'spiffe://t.example/ns/shop/sa/web' } } },
      { port: 80, headers: { 'x-meshwright-caller': { prefix: 'spiffe://t.example/ns/ops/sa/' } } },
    ]);
    expect(conditions('{service: web}, {authenticated: true}')).toEqual([{ port: 80 }]);
    expect(limits(routed('{service: web}'), egress, options)).not.toContainEqual(
      expect.stringMatching(/^route\.from/),
    );
  });

  test('has waypoints that record it over the value of the caller, and remove it before the application', () => {
    const filter = (documents: string) =>
      JSON.stringify(objects(documents, egress, options)['EnvoyFilter/istio-system/waypoint-requests'].spec);
    const asked = filter(routed('{service: web}'));
    expect(asked).toContain(
      '{"append":{"header":{"key":"x-meshwright-caller","value":"%FILTER_STATE(io.istio.peer_principal:PLAIN)%"},"append_action":"OVERWRITE_IF_EXISTS_OR_ADD"}}',
    );
    expect(asked).toContain('"route_config":{"request_headers_to_remove":["x-meshwright-caller"]}');
    expect(filter(services)).not.toContain('x-meshwright-caller');
    const beside = objects(routed('{service: web}'), egress, options)[
      'EnvoyFilter/istio-system/mesh-requests'
    ];
    expect(JSON.stringify(beside)).not.toContain('x-meshwright-caller');
  });

  test('of connections is lost, since these have no header', () => {
    expect(limits(routed('{service: web}', 'db'), egress, options)).toContainEqual(
      'route.from: a waypoint knows the callers of requests, not of connections',
    );
  });
});

test('a check of access before a route answers is reported, if there is a check', () => {
  const rules = [
    '{match: [{path: {exact: /a}}], backends: [{}], fault: {abort: {status: 418}, delay: {duration: 1s}}}',
    '{match: [{path: {exact: /b}}], respond: {status: 200}}',
  ];
  const route = (more = '') =>
    `kind: Route\nmetadata: {name: api, namespace: shop}\nspec: {service: api, ports: [http], rules: [${rules.join()}${more}]}\n---\n`;
  const first = (documents: string) =>
    limits(`${services}${documents}`, `${egress}  access: allow\n`, options)
      .filter((lost) => lost.endsWith('a waypoint checks who may call before its routes answer'))
      .map((lost) => lost.split(':')[0]);
  const checked = access('api', 'allow: {from: [web]}');
  expect(first(`${route()}${checked}`)).toEqual([
    'route.no-match',
    'route.fault-abort',
    'route.fault-delay',
    'route.respond',
  ]);
  expect(first(`${route(', {backends: [{}]}')}${checked}`)).not.toContain('route.no-match');
  expect(first(route())).toEqual([]);
});

test('losses outside of waypoints are reported', () => {
  expect(limits(services, egress, options)).toEqual(ztunnelAlone);
  const written = services.replace(
    'postgres}}',
    'postgres}}, loadBalancing: {algorithm: random}, connections: {connectTimeout: 5s, idleTimeout: 1h}',
  );
  expect(limits(written, egress, options)).toEqual([]);
  const required = `kind: Authentication\nmetadata: {name: api, namespace: shop}\nspec: {services: [api], required: true, issuers: {s: {issuer: s, jwks: {uri: "https://s.example/k"}}}}\n`;
  // A missing token gets 401 at waypoints, too.
  expect(limits(`${services}${required}`, egress, options)).toEqual(ztunnelAlone);
});

test('requests that a gateway forwards are routed again, on listeners of each protocol', () => {
  const listener = (protocol: string, more = '') => {
    const gateway = `kind: Gateway\nmetadata: {name: edge, namespace: shop}\nspec: {listeners: {main: {port: 8443, protocol: ${protocol}${more}}}}\n---\n`;
    const port = protocol === 'tcp' ? 'db' : 'http';
    const route = `kind: Route\nmetadata: {name: api, namespace: shop}\nspec: {gateways: [edge], service: api, ports: [${port}], rules: [{backends: [{service: api, port: ${port}}]}]}\n---\n`;
    return `${services}${gateway}${route}`;
  };
  const again = (documents: string) =>
    limits(documents, egress, options).filter((lost) => lost.includes('asks its own Route again'));
  expect(again(listener('http'))).toEqual([expect.stringMatching(/^gateway\.http: /)]);
  expect(again(listener('https', ', tls: {certificate: {secret: edge}}'))).toEqual([
    expect.stringMatching(/^gateway\.tls: /),
  ]);
  expect(again(listener('tcp'))).toEqual([expect.stringMatching(/^gateway\.passthrough: /)]);
});

test('tokens are checked at the waypoint', () => {
  const checked = `kind: Authentication\nmetadata: {name: api, namespace: shop}\nspec: {services: [api], issuers: {s: {issuer: s, jwks: {uri: "https://s.example/k"}}}}\n`;
  const found = objects(`${services}${checked}`, egress, options);
  const targetRefs = [{ group: '', kind: 'Service', name: 'api' }];
  expect(found['RequestAuthentication/shop/api'].spec.targetRefs).toEqual(targetRefs);
  expect(found['AuthorizationPolicy/shop/token.api'].spec.targetRefs).toEqual(targetRefs);
});

test('a caller to which a service is not exposed is refused, at the waypoint or at the pods', () => {
  const hidden = services
    .replace('mysql}}', 'mysql}}, exposeTo: [ops]')
    .replace('postgres}}', 'postgres}}, exposeTo: [shop]');
  const found = objects(hidden, `${egress}  access: allow\n`, options);
  const others = (...namespaces: string[]) => [
    { source: { notPrincipals: namespaces.map((namespace) => `t.example/ns/${namespace}/sa/*`) } },
  ];
  expect(found['AuthorizationPolicy/shop/hidden.api'].spec).toEqual({
    targetRefs: [{ group: '', kind: 'Service', name: 'api' }],
    action: 'DENY',
    rules: [{ from: others('ops', 'shop') }],
  });
  expect(found['AuthorizationPolicy/shop/hidden.store'].spec).toEqual({
    selector: { matchLabels: { app: 'store' } },
    action: 'DENY',
    rules: [{ from: others('shop'), to: [{ operation: { ports: ['15432'] } }] }],
  });
  expect(found['AuthorizationPolicy/shop/waypoint.api']).toBeDefined();
  expect(limits(hidden, egress, options)).toEqual([
    expect.stringMatching(/^service\.expose-to: every ztunnel knows every service/),
    expect.stringMatching(/^service\.expose-to: every ztunnel knows every service/),
    ...ztunnelAlone,
  ]);
});

test('hosts outside the mesh have a waypoint, which checks callers', () => {
  const outside =
    'kind: External\nmetadata: {name: bank, namespace: shop}\nspec: {hosts: [bank.example], ports: {http: {port: 80}}, from: [web]}\n';
  const found = objects(`${services}${outside}`, egress, options);
  expect(found['ServiceEntry/shop/bank'].metadata.labels['istio.io/use-waypoint']).toBe('mesh-waypoint');
  expect(found['AuthorizationPolicy/shop/allow.bank.external'].spec).toEqual({
    targetRefs: [{ group: 'networking.istio.io', kind: 'ServiceEntry', name: 'bank' }],
    action: 'ALLOW',
    rules: [{ from: [{ source: { principals: ['t.example/ns/shop/sa/web'] } }] }],
  });
  expect(
    objects(`${services}${outside}`, egress)['ServiceEntry/shop/bank'].metadata.labels,
  ).not.toHaveProperty(['istio.io/use-waypoint']);
});
