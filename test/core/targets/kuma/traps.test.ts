import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../../src/core/ir/ir.ts';
import kuma from '../../../../src/core/targets/kuma/index.ts';
import { universalName } from '../../../../src/core/targets/kuma/service-ref.ts';
import { document, linked, mesh } from '../../ir/linked.ts';
import { access, books, caller, closed, route } from '../book-shop.ts';

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: Readonly<Record<string, unknown>>;
}

function manifests(ir: Ir, kind: string): Readonly<Record<string, Manifest>> {
  return Object.fromEntries(
    kuma
      .lower(ir, { version: '3.0', options: {} })
      .filter((artifact) => artifact.type === 'object' && artifact.kind === kind)
      .map((artifact) => [artifact.name, (artifact as unknown as { readonly manifest: Manifest }).manifest]),
  );
}

function limitsOf(ir: Ir): readonly string[] {
  return (kuma.limits?.(ir, { version: '3.0', options: {} }) ?? []).map(
    ({ feature, callers }) => `${feature}: ${callers}`,
  );
}

function permission(ir: Ir, name: string): unknown {
  const { rules } = manifests(ir, 'MeshTrafficPermission')[name]?.spec as unknown as {
    rules: readonly { default: unknown }[];
  };
  return rules[0]?.default;
}

const exact = (id: string) => ({ spiffeID: { type: 'Exact', value: id } });
const prefix = (value: string) => ({ spiffeID: { type: 'Prefix', value } });
const account = (name: string, namespace = 'shop'): string =>
  `spiffe://shop.example/ns/${namespace}/sa/${name}`;

describe('permissions, whose lists add up and where deny wins', () => {
  test('name accounts exactly, and namespaces up to a slash', () => {
    const ir = linked(
      closed,
      caller('web'),
      books,
      access('books', 'allow: {from: [{service: web}, {namespace: ops}]}'),
    );
    expect(permission(ir, 'shop.books.http')).toEqual({
      allow: [exact(account('web')), prefix('spiffe://shop.example/ns/ops/sa/')],
    });
  });

  // Without any permission, or with an empty one, another policy could open the port.
  test('deny everybody where nobody may call', () => {
    expect(permission(linked(closed, caller('web'), books), 'shop.books.http')).toEqual({
      deny: [prefix('spiffe://')],
    });
  });

  test('let in the whole trust domain where everybody may call, and deny beside it', () => {
    const ir = linked(
      mesh('access: allow'),
      caller('web'),
      books,
      access('books', 'deny: {from: [{namespace: guests}]}'),
    );
    expect(permission(ir, 'shop.books.http')).toEqual({
      allow: [prefix('spiffe://shop.example/')],
      deny: [prefix('spiffe://shop.example/ns/guests/sa/')],
    });
    expect(limitsOf(ir)).toEqual([]);
  });

  test('leave out a caller that may send only some requests, and say so', () => {
    const ir = linked(
      closed,
      caller('web'),
      caller('jobs'),
      books,
      access(
        'books',
        'allow: {from: [{service: web}], to: [{methods: [GET]}]}',
        'allow: {from: [{service: jobs}]}',
      ),
    );
    expect(permission(ir, 'shop.books.http')).toEqual({ allow: [exact(account('jobs'))] });
    expect(limitsOf(ir)).toContain('access.http: all calls of such callers are refused');
  });

  // A rule about some requests takes nothing from those that may send all.
  test('let in everybody whom a rule lets send all requests, beside rules about some', () => {
    const ir = linked(
      closed,
      caller('web'),
      books,
      access(
        'books',
        'allow: {from: [{service: web}], to: [{methods: [GET]}]}',
        'allow: {from: [{namespace: ops}]}',
        'allow: {from: [{principal: "spiffe://shop.example/ns/x/sa/y"}], to: [{ports: [http]}, {methods: [GET]}]}',
      ),
    );
    expect(permission(ir, 'shop.books.http')).toEqual({
      allow: [prefix('spiffe://shop.example/ns/ops/sa/'), exact('spiffe://shop.example/ns/x/sa/y')],
    });
    expect(limitsOf(ir).filter((limit) => limit.startsWith('access.identity'))).toEqual([]);
  });

  test('leave out a caller of whose requests some are denied', () => {
    const ir = linked(
      mesh('access: allow'),
      caller('web'),
      caller('jobs'),
      books,
      access('books', 'deny: {from: [{service: jobs}], to: [{methods: [DELETE]}]}'),
    );
    expect(permission(ir, 'shop.books.http')).toEqual({
      allow: [exact(account('web')), exact(account('books'))].sort((one, other) =>
        one.spiffeID.value < other.spiffeID.value ? -1 : 1,
      ),
    });
  });

  test('leave out a caller that an exception names', () => {
    const ir = linked(
      closed,
      caller('web'),
      caller('jobs'),
      books,
      access('books', 'allow: {from: [{namespace: shop}], except: [{from: [{service: jobs}]}]}'),
    );
    expect(JSON.stringify(permission(ir, 'shop.books.http'))).not.toContain('/sa/jobs');
    expect(JSON.stringify(permission(ir, 'shop.books.http'))).toContain('/sa/web');
  });

  test('let in nobody by a rule about requests on a port without HTTP', () => {
    const database = document('Service', 'db', [
      'ports: {sql: {port: 5432, targetPort: 5432, protocol: tcp}}',
    ]);
    const ir = linked(
      closed,
      caller('web'),
      database,
      access('db', 'allow: {from: [{service: web}], to: [{methods: [GET]}]}'),
    );
    expect(permission(ir, 'shop.db.sql')).toEqual({ deny: [prefix('spiffe://')] });
  });

  // Labels of pods are often those of another service in another namespace.
  test('hold in the namespace of their service alone', () => {
    const ir = linked(closed, books, document('Service', 'books', ['ports: {http: {port: 80}}'], 'library'));
    const labels = (name: string): unknown =>
      (manifests(ir, 'MeshTrafficPermission')[name]?.spec as unknown as { targetRef: { labels: unknown } })
        .targetRef.labels;
    expect(labels('shop.books.http')).toEqual({ app: 'books', 'k8s.kuma.io/namespace': 'shop' });
    expect(labels('library.books.http')).toEqual({ app: 'books', 'k8s.kuma.io/namespace': 'library' });
  });

  // Both permissions would hold for the same inbound, and their lists add up.
  test('let in nobody where two services with other callers are the same port of the same pods', () => {
    const both = (name: string): string =>
      document('Service', name, [
        'ports: {http: {port: 80, targetPort: 8080}}',
        'workload: {labels: {app: one}}',
      ]);
    const ir = linked(
      closed,
      caller('web'),
      caller('jobs'),
      both('a'),
      both('b'),
      access('a', 'allow: {from: [{service: web}]}'),
      access('b', 'allow: {from: [{service: jobs}]}'),
    );
    expect(permission(ir, 'shop.a.http')).toEqual({ deny: [prefix('spiffe://')] });
    expect(permission(ir, 'shop.b.http')).toEqual({ deny: [prefix('spiffe://')] });
    expect(limitsOf(ir)).toContain('access.identity: nobody may call that port');
  });
});

// A Mesh of Kuma has default policies; a field that is left out would be theirs.
describe('the order in which Kuma merges policies', () => {
  const ir = linked(mesh('access: deny', 'defaults: {timeout: 0s}'), books);

  test('leaves no default retries', () => {
    const { to } = manifests(ir, 'MeshRetry')['shop.books']?.spec as unknown as {
      to: readonly { default: unknown }[];
    };
    expect(to.map((one) => one.default)).toEqual([
      { http: { numRetries: 0 }, grpc: { numRetries: 0 }, tcp: { maxConnectAttempt: 1 } },
    ]);
  });

  test('leaves no default timeout, limit or ejection', () => {
    const timeout = manifests(ir, 'MeshTimeout')['shop.books']?.spec as unknown as {
      to: readonly { default: { http?: object } }[];
    };
    expect(timeout.to.at(-1)?.default.http).toEqual({
      requestTimeout: '0s',
      streamIdleTimeout: '0s',
      maxStreamDuration: '0s',
      maxConnectionDuration: '0s',
    });
    const breaker = manifests(ir, 'MeshCircuitBreaker')['shop.books']?.spec as unknown as {
      to: readonly { default: { connectionLimits: object; outlierDetection: object } }[];
    };
    expect(new Set(Object.values(breaker.to[0]?.default.connectionLimits ?? {}))).toEqual(
      new Set([2_147_483_647]),
    );
    // Kuma's own validator refuses a detection without a detector, even one that is off.
    expect(breaker.to[0]?.default.outlierDetection).toEqual({
      disabled: true,
      detectors: { totalFailures: { consecutive: 5 } },
    });
  });

  // A policy in the namespace of a service would hold for its own callers alone, or win over others by its role.
  test('has all policies in the namespace of the control plane', () => {
    const all = kuma.lower(ir, { version: '3.0', options: { systemNamespace: 'mesh-system' } });
    const places = new Set(all.filter(({ kind }) => kind !== 'Service').map(({ namespace }) => namespace));
    expect([...places]).toEqual(['mesh-system']);
  });

  test('asks servers for no time of their own: of two times the smaller would win', () => {
    const { rules } = manifests(ir, 'MeshTimeout')['mesh']?.spec as unknown as {
      rules: readonly { default: { http: { requestTimeout: string } } }[];
    };
    expect(rules[0]?.default.http.requestTimeout).toBe('0s');
  });
});

interface HttpRoute {
  readonly to: readonly {
    readonly rules: readonly {
      readonly matches: readonly Readonly<Record<string, unknown>>[];
      readonly default: {
        readonly filters?: readonly Readonly<Record<string, unknown>>[];
        readonly backendRefs?: readonly {
          readonly labels: Readonly<Record<string, string>>;
          readonly weight: number;
        }[];
      };
    }[];
  }[];
}

describe('routes', () => {
  const rulesOf = (ir: Ir) =>
    (manifests(ir, 'MeshHTTPRoute')['shop.books.http']?.spec as unknown as HttpRoute).to[0]?.rules ?? [];
  const places = (ir: Ir) =>
    rulesOf(ir).map((rule) => rule.default.backendRefs?.map(({ labels }) => labels['kuma.io/display-name']));

  // Kuma adds a rule that sends all other requests to the service itself.
  test('have a rule for all requests that no rule takes', () => {
    const ir = linked(closed, books, route('books', 'match: [{path: {exact: /a}}]'));
    expect(rulesOf(ir).at(-1)?.matches).toEqual([{ path: { type: 'PathPrefix', value: '/' } }]);
    expect(places(ir).at(-1)).toEqual(['nowhere.invalid']);
  });

  // `comparePath` of Kuma: an exact path, then prefixes, then patterns, of which the longest comes first.
  test('have that rule behind patterns, too', () => {
    const ir = linked(closed, books, route('books', 'match: [{path: {startsWith: /a}}]'));
    expect(rulesOf(ir).map(({ matches }) => matches)).toEqual([
      [{ path: { type: 'RegularExpression', value: '/a.*' } }],
      [{ path: { type: 'RegularExpression', value: '.*' } }],
    ]);
  });

  test('send shares to a service of each version, by labels alone', () => {
    const ir = linked(
      closed,
      books,
      route('books', 'backends: [{version: v1, weight: 9}, {version: v2, weight: 1}]'),
    );
    expect(rulesOf(ir)[0]?.default.backendRefs).toEqual([
      {
        kind: 'MeshService',
        labels: { 'kuma.io/display-name': 'books-v1', 'k8s.kuma.io/namespace': 'shop' },
        port: 80,
        weight: 9,
      },
      {
        kind: 'MeshService',
        labels: { 'kuma.io/display-name': 'books-v2', 'k8s.kuma.io/namespace': 'shop' },
        port: 80,
        weight: 1,
      },
    ]);
  });

  test('go nowhere if all weights are zero', () => {
    const ir = linked(
      closed,
      books,
      route('books', 'backends: [{version: v1, weight: 0}, {version: v2, weight: 0}]'),
    );
    expect(places(ir)[0]).toEqual(['nowhere.invalid']);
  });

  // `CompareMatch` of Kuma: every prefix comes before every pattern.
  test('say that a prefix takes requests of the pattern of an earlier rule', () => {
    const [prefix, pattern] = [
      '{match: [{path: {prefix: /a}}]}',
      '{match: [{path: {regex: "/a/[0-9]+"}}], backends: [{version: v2}]}',
    ] as const;
    const isSaid = (...rules: readonly string[]): boolean =>
      limitsOf(linked(closed, books, route('books', ...rules))).some((limit) =>
        limit.startsWith('route.order'),
      );
    expect(isSaid(pattern, prefix)).toBe(true);
    expect(isSaid(prefix, pattern)).toBe(false);
  });

  test('have a rule for every path behind the pattern of an earlier rule', () => {
    const ir = linked(
      closed,
      books,
      route('books', '{match: [{path: {regex: "/a/[0-9]+"}}], backends: [{version: v2}]}', '{}'),
    );
    expect(rulesOf(ir).map(({ matches }) => matches.map(({ path }) => path))).toEqual([
      [{ type: 'RegularExpression', value: '/a/[0-9]+' }],
      [{ type: 'RegularExpression', value: '.*' }],
    ]);
    expect(limitsOf(ir).filter((limit) => limit.startsWith('route.order'))).toEqual([]);
  });

  // Kuma's validator takes the exchange of a prefix beside prefixes alone.
  test('keep a prefix for every path where it is exchanged, and say what goes before patterns', () => {
    const ir = linked(
      closed,
      books,
      route(
        'books',
        '{match: [{path: {regex: "/a/[0-9]+"}}], backends: [{version: v2}]}',
        '{match: [{path: {prefix: /}}], rewrite: {path: {replacePrefix: /v2}}}',
      ),
    );
    expect(rulesOf(ir)[1]?.matches).toEqual([{ path: { type: 'PathPrefix', value: '/' } }]);
    expect(limitsOf(ir).filter((limit) => limit.startsWith('route.order'))).toHaveLength(1);
  });

  // Kuma makes `/v1/` of the prefix `/v1` and exchanges all of it (`url-rewrite.listeners.golden.yaml` of its tests).
  test('replace a prefix together with the slash behind it', () => {
    const ir = linked(
      closed,
      books,
      route('books', '{match: [{path: {prefix: /v1}}], rewrite: {path: {replacePrefix: /v2}}}'),
    );
    const changes = rulesOf(ir).map(({ matches, default: { filters = [] } }) => [
      matches.map(({ path }) => path),
      filters.map(({ urlRewrite }) => urlRewrite),
    ]);
    expect(changes.slice(0, 2)).toEqual([
      [[{ type: 'Exact', value: '/v1' }], [{ path: { type: 'ReplaceFullPath', replaceFullPath: '/v2' } }]],
      [
        [{ type: 'PathPrefix', value: '/v1' }],
        [{ path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/v2/' } }],
      ],
    ]);
  });

  // An exact path comes before every prefix, so that the path of an earlier rule's prefix needs one, too.
  test('keep the order of rules beside a prefix that is replaced', () => {
    const ir = linked(
      closed,
      books,
      route(
        'books',
        '{match: [{path: {prefix: /v1}, headers: {x-beta: {exact: "1"}}}], backends: [{version: v2}]}',
        '{match: [{path: {prefix: /v1}}], rewrite: {path: {replacePrefix: /}}}',
      ),
    );
    const [beta] = rulesOf(ir);
    expect(beta?.matches.map(({ path }) => path)).toEqual([
      { type: 'Exact', value: '/v1' },
      { type: 'PathPrefix', value: '/v1' },
    ]);
    expect(limitsOf(ir).some((limit) => limit.startsWith('route.order'))).toBe(false);
  });

  // Envoy reads `%` in a value as the beginning of a command, and Kuma passes values on as they are.
  test('write a percent sign of a header as Envoy writes its own', () => {
    const ir = linked(
      closed,
      books,
      route('books', 'headers: {request: {set: {x-share: "50%", x-peer: "%DOWNSTREAM_PEER_URI_SAN%"}}}'),
    );
    expect(JSON.stringify(rulesOf(ir)[0]?.default.filters)).toContain('%%DOWNSTREAM_PEER_URI_SAN%%');
    expect(JSON.stringify(rulesOf(ir)[0]?.default.filters)).toContain('"50%%"');
  });

  test('say where a rule without a limit of time gets that of the service', () => {
    const ir = linked(
      closed,
      books,
      route('books', '{match: [{path: {prefix: /stream}}], timeout: 0s}', '{}'),
    );
    expect(limitsOf(ir).filter((limit) => limit.startsWith('settings.timeout'))).toHaveLength(1);
  });

  const retriesOf = (ir: Ir): unknown => {
    const { to } = manifests(ir, 'MeshRetry')['shop.books']?.spec as unknown as {
      to: readonly { default: { http: object; grpc: object } }[];
    };
    return to[0]?.default;
  };

  // Kuma adds its own conditions (gateway-error, connect-failure, refused-stream) where none is named.
  test('try nothing again but the status that a rule names', () => {
    const ir = linked(closed, books, route('books', 'retries: {attempts: 2, on: [503], methods: all}'));
    expect(retriesOf(ir)).toMatchObject({ http: { retryOn: ['503', 'Http3PostConnectFailure'] } });
  });

  // With no method that Kuma knows, it would try requests of every method again.
  test('try nothing again where Kuma has no word for a method', () => {
    const ir = linked(closed, books, route('books', 'retries: {attempts: 2, methods: [PROPFIND]}'));
    expect(retriesOf(ir)).toMatchObject({ http: { numRetries: 0 } });
    expect(limitsOf(ir)).toContain(
      'settings.retries: requests of other methods are not tried again, or none on a port of gRPC',
    );
  });

  test('try no gRPC again where the methods of its requests are not meant', () => {
    const calls = document('Service', 'books', ['ports: {grpc: {port: 80}}', 'versions: {v1: {}, v2: {}}']);
    const ir = linked(
      closed,
      calls,
      route('books', 'retries: {attempts: 2, on: [unavailable], methods: [GET]}'),
    );
    expect(retriesOf(ir)).toMatchObject({ grpc: { numRetries: 0 } });
  });

  // Kuma refuses a whole policy because of a status that has no name.
  test('leave out a status that Kuma does not take, and say so', () => {
    const ir = linked(
      closed,
      books,
      route('books', 'retries: {attempts: 2, on: [reset, 520], methods: all}'),
    );
    expect(retriesOf(ir)).toMatchObject({ http: { retryOn: ['Reset'] } });
    expect(limitsOf(ir)).toContain('settings.retries: requests that fail in other ways are not tried again');
  });

  test('have no retries where rules differ in them, and say so', () => {
    const ir = linked(
      closed,
      books,
      route('books', '{match: [{path: {exact: /a}}], retries: {attempts: 2, on: [503]}}', '{}'),
    );
    const { to } = manifests(ir, 'MeshRetry')['shop.books']?.spec as unknown as {
      to: readonly { default: { http: object } }[];
    };
    expect(to[0]?.default.http).toEqual({ numRetries: 0 });
    expect(limitsOf(ir)).toContain('settings.retries: requests that fail are not tried again');
  });

  test('try only the methods again that may be tried again', () => {
    const ir = linked(
      closed,
      books,
      route('books', 'retries: {attempts: 2, on: [reset, 503], methods: [GET, PUT]}'),
    );
    const { to } = manifests(ir, 'MeshRetry')['shop.books']?.spec as unknown as {
      to: readonly { default: { http: object } }[];
    };
    expect(to[0]?.default.http).toMatchObject({
      numRetries: 2,
      retryOn: ['Reset', '503', 'HttpMethodGet', 'HttpMethodPut'],
    });
  });
});

// An `appProtocol` that is left out is tcp, where no route has an effect.
test('Services of versions say the protocol of every port', () => {
  const mixed = document('Service', 'books', [
    'ports: {http: {port: 80}, sql: {port: 5432, protocol: tcp}}',
    'versions: {v1: {}, v2: {}}',
  ]);
  const ir = linked(
    closed,
    mixed,
    document('Route', 'books', [
      'service: books',
      'ports: [http]',
      'rules:',
      '  - backends: [{version: v1}]',
    ]),
  );
  const { ports } = manifests(ir, 'Service')['books-v1']?.spec as unknown as {
    ports: readonly { appProtocol: string }[];
  };
  expect(ports.map(({ appProtocol }) => appProtocol)).toEqual(['http', 'tcp']);
});

test('names outside of Kubernetes are never the same for two services', () => {
  const names = [
    universalName('a', 'b-c'),
    universalName('a-b', 'c'),
    universalName('0a', 'b'),
    universalName('x'.repeat(63), 'y'.repeat(63)),
    universalName('x'.repeat(63), 'y'.repeat(62)),
  ];
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
  expect(universalName('books', 'shop')).toBe('books-shop');
});

// Such a Service would get no calls by routes, and callers could reach it past those of the whole.
test('no Service is written for a version that only a rule of a gateway names', () => {
  const gateway = document('Gateway', 'door', ['listeners: {http: {port: 80, protocol: http}}']);
  const entering = document('Route', 'in', [
    'gateways: [door]',
    'hostnames: [shop.example]',
    'rules: [{backends: [{service: books, version: v1}]}]',
  ]);
  expect(manifests(linked(closed, books, gateway, entering), 'Service')).toEqual({});
});
