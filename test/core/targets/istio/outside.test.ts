import { describe, expect, test } from 'vitest';
import { limits, objects } from './lowered.ts';

const external = (spec: string, name = 'bank'): string =>
  `\nkind: External\nmetadata: {name: ${name}, namespace: shop}\nspec:\n${spec}\n`;

describe('hosts outside the mesh', () => {
  test('are resolved by DNS, called in plain text, and tried once', () => {
    const made = objects(external('  hosts: [bank.example]\n  ports: {http: {port: 80}}'));
    expect(made['ServiceEntry/shop/bank']!.spec).toEqual({
      hosts: ['bank.example'],
      location: 'MESH_EXTERNAL',
      ports: [{ name: 'http', number: 80, protocol: 'HTTP' }],
      resolution: 'DNS',
    });
    expect(made['DestinationRule/shop/bank']!.spec.trafficPolicy.tls).toEqual({ mode: 'DISABLE' });
    expect(made['VirtualService/shop/bank']!.spec).toEqual({
      hosts: ['bank.example'],
      gateways: ['mesh'],
      http: [
        {
          name: 'bank/1',
          match: [{ port: 80 }],
          route: [{ destination: { host: 'bank.example', port: { number: 80 } } }],
          timeout: '15s',
          retries: { attempts: 0 },
        },
      ],
    });
  });

  test('by DNS each host is a separate destination, with its own name in TLS', () => {
    const made = objects(
      external('  hosts: [a.example, b.example]\n  ports: {http: {port: 443}}\n  tls: {ca: {file: /ca.pem}}'),
    );
    expect(made['DestinationRule/shop/bank']!.spec).toMatchObject({
      host: 'a.example',
      trafficPolicy: {
        tls: { mode: 'SIMPLE', sni: 'a.example', subjectAltNames: ['a.example'], caCertificates: '/ca.pem' },
      },
    });
    expect(made['DestinationRule/shop/bank.b.example']!.spec).toMatchObject({
      host: 'b.example',
      trafficPolicy: { tls: { sni: 'b.example', subjectAltNames: ['b.example'] } },
    });
    expect(made['VirtualService/shop/bank.b.example']!.spec.http[0]).toMatchObject({
      route: [{ destination: { host: 'b.example' } }],
    });
  });

  test('ports without HTTP are known by addresses; connections without a matching rule are closed', () => {
    const made = objects(
      external(
        '  hosts: [db.example]\n  addresses: [192.0.2.1]\n  ports: {mysql: {port: 3306}}\n  from: [{namespace: ops}]',
      ),
    );
    expect(made['ServiceEntry/shop/bank']!.spec).toEqual({
      hosts: ['db.example'],
      addresses: ['192.0.2.1'],
      location: 'MESH_EXTERNAL',
      ports: [{ name: 'mysql', number: 3306, protocol: 'TCP' }],
      resolution: 'STATIC',
      endpoints: [{ address: '192.0.2.1' }],
      exportTo: ['ops'],
    });
    expect(made['VirtualService/shop/bank']!.spec).toMatchObject({
      exportTo: ['ops'],
      tcp: [
        {
          match: [{ port: 3306, sourceNamespace: 'ops' }],
          route: [{ destination: { host: 'db.example', port: { number: 3306 } } }],
        },
        { match: [{ port: 3306 }], route: [{ destination: { subset: 'meshwright-nowhere' } }] },
      ],
    });
    expect(made['DestinationRule/shop/bank']!.spec.subsets).toEqual([
      { name: 'meshwright-nowhere', labels: { 'meshwright.dev/nowhere': 'true' } },
    ]);
  });

  test('a wildcard leads to the address that the application connects to, by name', () => {
    const made = objects(external('  hosts: ["*.bank.example"]\n  ports: {tls: {port: 443}}'));
    expect(made['ServiceEntry/shop/bank']!.spec).toMatchObject({
      resolution: 'NONE',
      ports: [{ protocol: 'TLS' }],
    });
    expect(made['VirtualService/shop/bank']!.spec.tls).toEqual([
      {
        match: [{ port: 443, sniHosts: ['*.bank.example'] }],
        route: [{ destination: { host: '*.bank.example', port: { number: 443 } } }],
      },
    ]);
  });
});

const exit = `
---
kind: Gateway
metadata: {name: exit, namespace: edge}
spec:
  type: egress
  listeners: {http: {port: 8080, protocol: http}, tls: {port: 8443, protocol: tls}}
`;

describe('the egress gateway', () => {
  const made = objects(
    external('  hosts: [bank.example]\n  ports: {http: {port: 80}}\n  gateway: edge/exit\n  timeout: 2s') +
      exit,
  );

  test('is the destination of calls, with their timeout and tries', () => {
    expect(made['VirtualService/shop/bank']!.spec.http).toMatchObject([
      {
        route: [{ destination: { host: 'exit.edge.svc.cluster.local', port: { number: 8080 } } }],
        timeout: '2s',
        retries: { attempts: 0 },
      },
    ]);
  });

  test('sees the caller, and forwards by port and host', () => {
    const mark = 'x-meshwright-egress';
    expect(made['Gateway/edge/exit']!.spec.servers).toEqual([
      {
        port: { number: 8080, name: 'http', protocol: 'HTTPS' },
        hosts: ['./*'],
        tls: { mode: 'ISTIO_MUTUAL' },
      },
      { port: { number: 8443, name: 'tls', protocol: 'TLS' }, hosts: ['./*'], tls: { mode: 'PASSTHROUGH' } },
    ]);
    expect(made['DestinationRule/edge/gateway.exit']!.spec.trafficPolicy).toMatchObject({
      tls: { mode: 'ISTIO_MUTUAL' },
      portLevelSettings: [{ port: { number: 8443 }, tls: { mode: 'DISABLE' } }],
    });
    expect(made['VirtualService/edge/egress.exit.shop.bank']!.spec).toEqual({
      hosts: ['bank.example'],
      gateways: ['edge/exit'],
      http: [[{ port: 8080, headers: { [mark]: { exact: 'shop/bank:http' } } }], [{ port: 8080 }]].map(
        (match) => ({
          name: 'shop/bank:http',
          match,
          headers: { request: { remove: [mark] } },
          route: [{ destination: { host: 'bank.example', port: { number: 80 } } }],
          retries: { attempts: 0 },
        }),
      ),
    });
  });

  test('without a listener for calls they lead nowhere, in particular not past it', () => {
    const stray = objects(
      external(
        '  hosts: [db.example]\n  addresses: [192.0.2.1]\n  ports: {tcp: {port: 3306}}\n  gateway: edge/exit',
      ) + exit,
    );
    expect(stray['VirtualService/shop/bank']!.spec.tcp).toEqual([
      {
        match: [{ port: 3306 }],
        route: [
          { destination: { host: 'db.example', subset: 'meshwright-nowhere', port: { number: 3306 } } },
        ],
      },
    ]);
  });
});

describe('the hosts that proxies know', () => {
  const mesh = `
kind: Service
metadata: {name: web, namespace: shop}
spec: {calls: [api, bank]}
---
kind: Service
metadata: {name: lone, namespace: shop}
spec: {calls: []}
---
kind: Service
metadata: {name: api, namespace: shop}
spec: {ports: {http: {port: 80}}}
---
kind: Service
metadata: {name: db, namespace: data}
spec: {ports: {http: {port: 80}}}
---
kind: Route
metadata: {name: api, namespace: shop}
spec:
  service: api
  rules: [{backends: [{service: data/db}]}]
---${external('  hosts: [bank.example]\n  ports: {http: {port: 80}}\n  gateway: edge/exit')}${exit}`;
  const egress = (made: ReturnType<typeof objects>, name: string): unknown => made[`Sidecar/${name}`]?.spec;

  test('are those that its service calls, and the backends of these', () => {
    const made = objects(mesh, '  egress: deny\n');
    expect(egress(made, 'shop/web')).toEqual({
      workloadSelector: { labels: { app: 'web' } },
      egress: [
        {
          hosts: [
            'data/db.data.svc.cluster.local',
            'edge/exit.edge.svc.cluster.local',
            'shop/api.shop.svc.cluster.local',
            'shop/bank.example',
          ],
        },
      ],
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
    });
    expect(egress(made, 'shop/lone')).toMatchObject({ egress: [{ hosts: ['~/*'] }] });
  });

  test('callers without declared calls share one list of all hosts', () => {
    const made = objects(mesh, '  egress: allow\n');
    expect(egress(made, 'istio-system/default')).toEqual({
      egress: [{ hosts: ['*/*'] }],
      outboundTrafficPolicy: { mode: 'ALLOW_ANY' },
    });
    expect(Object.keys(made).filter((key) => key.startsWith('Sidecar/'))).toHaveLength(3);
  });

  test('pods of two services know the calls of both, and all hosts if one declares none', () => {
    const pods = (calls: string): ReturnType<typeof objects> =>
      objects(
        `\nkind: Service\nmetadata: {name: a, namespace: shop}\nspec: {calls: [api], workload: {labels: {app: a}}}\n---\nkind: Service\nmetadata: {name: b, namespace: shop}\nspec: {${calls}workload: {labels: {app: a, tier: b}}}\n---\nkind: Service\nmetadata: {name: api, namespace: shop}\nspec: {ports: {http: {port: 80}}}\n`,
      );
    expect(egress(pods('calls: [], '), 'shop/b')).toMatchObject({
      egress: [{ hosts: ['shop/api.shop.svc.cluster.local'] }],
    });
    expect(egress(pods(''), 'shop/a')).toBeUndefined();
  });

  test('a service without labels is every pod of its namespace: its list has no selector', () => {
    const made = objects(
      `\nkind: Service\nmetadata: {name: a, namespace: shop}\nspec: {calls: [], workload: {labels: {}}}\n---\nkind: Service\nmetadata: {name: b, namespace: shop}\nspec: {calls: [c]}\n---\nkind: Service\nmetadata: {name: a, namespace: ops}\nspec: {calls: [shop/c], workload: {labels: {}}}\n---\nkind: Service\nmetadata: {name: c, namespace: shop}\nspec: {ports: {http: {port: 80}}, calls: []}\n`,
      '  egress: deny\n',
    );
    const hosts = [{ hosts: ['shop/c.shop.svc.cluster.local'] }];
    expect(egress(made, 'shop/a')).toEqual({
      egress: hosts,
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
    });
    expect(egress(made, 'shop/b')).toMatchObject({ workloadSelector: {}, egress: hosts });
    expect(egress(made, 'ops/a')).toEqual({
      egress: hosts,
      outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' },
    });
  });

  test('a proxy in ambient has no such list', () => {
    const made = objects(mesh, '', { options: { mode: 'ambient' } });
    expect(Object.keys(made).filter((key) => key.startsWith('Sidecar/'))).toEqual([]);
  });
});

test.each<[string, string, readonly string[]]>([
  [
    'authorities in a Secret',
    external('  hosts: [b.example]\n  ports: {http: {port: 443}}\n  tls: {ca: {secret: ca}}'),
    ['external.tls'],
  ],
  [
    'authorities in a Secret, for calls through a gateway',
    external(
      '  hosts: [b.example]\n  ports: {http: {port: 80}}\n  tls: {ca: {secret: ca}}\n  gateway: edge/exit',
    ) + exit,
    [],
  ],
  [
    "callers through the application's own TLS",
    external(
      '  hosts: [b.example]\n  ports: {tls: {port: 443}}\n  gateway: edge/exit\n  from: [{namespace: shop}]',
    ) + exit,
    ['external.gateway'],
  ],
  [
    'a wildcard behind a gateway',
    external('  hosts: ["*.b.example"]\n  ports: {http: {port: 80}}\n  gateway: edge/exit') + exit,
    ['external.gateway'],
  ],
  [
    'one host twice',
    `${external('  hosts: [b.example]\n  ports: {http: {port: 80}}')}---${external('  hosts: [b.example]\n  ports: {admin: {port: 81, protocol: http}}', 'other')}`,
    ['external.hosts'],
  ],
])('Istio can not express everything: %s', (_, documents, features) => {
  expect(limits(documents).map((limit) => limit.slice(0, limit.indexOf(':')))).toEqual(features);
});

test('in ambient a policy checks the callers of a host outside the mesh, so its rules match everybody', () => {
  const made = objects(
    external('  hosts: [b.example]\n  ports: {http: {port: 80}}\n  from: [{namespace: ops}]'),
    '',
    {
      options: { mode: 'ambient' },
    },
  );
  expect(made['VirtualService/shop/bank']!.spec.http).toMatchObject([
    { match: [{ port: 80 }], route: [{ destination: { host: 'b.example' } }] },
  ]);
  expect(made['ServiceEntry/shop/bank']!.spec.exportTo).toEqual(['ops', 'shop']);
  expect(made['AuthorizationPolicy/shop/allow.bank.external']!.spec).toMatchObject({
    action: 'ALLOW',
    rules: [{ from: [{ source: { principals: ['t.example/ns/ops/sa/*'] } }] }],
  });
});
