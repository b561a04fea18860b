import { describe, expect, it } from 'vitest';
import { baseFeatures, type Feature } from '../../../src/core/ir/feature.ts';
import { featuresUsed } from '../../../src/core/targets/features-used.ts';
import { document, linked, mesh } from '../ir/linked.ts';

const plain = ['ports: {http: {port: 80}}', 'timeout: 0s'];
const open = 'access: allow';

type BaseFeature = keyof typeof baseFeatures;

/** Returns the features that an open mesh with these documents uses. */
function allUsed(...documents: readonly string[]): readonly string[] {
  const own = documents.some((text) => text.includes('kind: Mesh'));
  return [...featuresUsed(linked(...(own ? [] : [mesh(open)]), ...documents)).keys()];
}

/** Returns the features that these documents use. */
function used(...documents: readonly string[]): readonly string[] {
  return allUsed(...documents).filter((feature) => !(feature in baseFeatures));
}

const service = (...lines: readonly string[]) => document('Service', 'a', [...plain, ...lines]);
const rule = (...fields: readonly string[]) => [
  service('versions: {v1: {}, v2: {}}'),
  document('Route', 'a', ['service: a', 'rules:', `  - {${['backends: [{}]', ...fields].join(', ')}}`]),
];
const answer = (field: string) => [
  service(),
  document('Route', 'a', ['service: a', 'rules:', `  - {${field}}`]),
];
const guarded = (ruleText: string, ...more: readonly string[]) => [
  service(),
  document('Access', 'a', ['service: a', `rules: [${ruleText}]`]),
  ...more,
];
const tokens = document('Authentication', 'a', [
  'services: [a]',
  'issuers: {x: {issuer: x, jwks: {inline: {keys: []}}}}',
]);
const gateway = (protocol: string, more = '') =>
  document('Gateway', 'g', [`listeners: {l: {port: 1, protocol: ${protocol}${more}}}`]);
const external = (...lines: readonly string[]) =>
  document('External', 'x', ['hosts: [x.example]', 'ports: {http: {port: 80}}', 'timeout: 0s', ...lines]);

/** A mesh for each feature, with the other features that it uses. */
const examples: Readonly<
  Record<Exclude<Feature, BaseFeature>, readonly [readonly string[], readonly string[]]>
> = {
  'route.path-regex': [rule('match: [{path: {regex: "/a+"}}]'), []],
  'route.starts-with': [rule('match: [{path: {startsWith: /a}}]'), []],
  'route.order': [
    [
      service(),
      document('Route', 'a', [
        'service: a',
        'rules: [{match: [{path: {prefix: /a}}], backends: [{}]}, {backends: [{}]}]',
      ]),
    ],
    [],
  ],
  'route.headers': [rule('match: [{headers: {x: {present: true}}}]'), []],
  'route.cookies': [rule('match: [{cookies: {x: {present: true}}}]'), []],
  'route.query': [rule('match: [{query: {x: {present: true}}}]'), []],
  'route.methods': [rule('match: [{methods: [GET]}]'), []],
  'route.from': [rule('match: [{from: [a]}]'), []],
  'route.split': [
    [
      service('versions: {v1: {}, v2: {}}'),
      document('Route', 'a', ['service: a', 'rules: [{backends: [{version: v1}, {version: v2}]}]']),
    ],
    [],
  ],
  'route.redirect': [answer('redirect: {scheme: https}'), []],
  'route.respond': [answer('respond: {status: 200}'), []],
  'route.rewrite-path': [rule('rewrite: {path: {replaceFull: /x}}'), []],
  'route.rewrite-host': [rule('rewrite: {host: x.example}'), []],
  'route.request-headers': [rule('headers: {request: {remove: [x]}}'), []],
  'route.response-headers': [rule('headers: {response: {set: {x: y}}}'), []],
  'route.mirror': [rule('mirror: [{version: v2}]'), []],
  'route.fault-delay': [rule('fault: {delay: {duration: 1s}}'), []],
  'route.fault-abort': [rule('fault: {abort: {status: 503}}'), []],
  'route.cors': [rule('cors: {allowOrigins: ["*"]}'), []],
  'route.rate-limit': [rule('rateLimit: {requests: 1, per: 1s}'), []],
  'route.sni': [
    [
      document('Service', 'a', ['ports: {tls: {port: 443}}']),
      document('Route', 'a', ['service: a', 'rules: [{match: [{sni: x.example}], backends: [{}]}]']),
    ],
    [],
  ],
  'settings.timeout': [[document('Service', 'a', ['ports: {http: {port: 80}}'])], []],
  'settings.retries': [[service('retries: {attempts: 1}')], []],
  'settings.retry-budget': [[service('retryBudget: {}')], []],
  'settings.connections': [[service('connections: {maxRequests: 5}')], []],
  'settings.outlier-detection': [[service('outlierDetection: {}')], []],
  'settings.load-balancing': [[service('loadBalancing: {algorithm: random}')], []],
  'settings.affinity': [[service('loadBalancing: {affinity: {sourceAddress: true}}')], []],
  'settings.locality': [[service('locality: {prefer: same-zone}')], []],
  'settings.rate-limit': [[service('rateLimit: {requests: 1, per: 1s}')], []],
  'settings.rate-limit-service': [
    [
      mesh(open, 'rateLimiter: {service: shop/a}'),
      service('rateLimit: {requests: 1, per: 1s, scope: service}'),
    ],
    [],
  ],
  'service.health-check': [[service('healthCheck: {}')], []],
  'service.tls': [[document('Service', 'a', ['ports: {http: {port: 80, tls: {}}}', 'timeout: 0s'])], []],
  'service.expose-to': [[service('exposeTo: []')], []],
  'mtls.disabled': [[service('mtls: disabled')], []],
  'mtls.permissive': [
    [document('Service', 'a', ['ports: {http: {port: 80}}', 'timeout: 0s', 'mtls: permissive'])],
    [],
  ],
  'access.identity': [guarded('{allow: {from: [a]}}'), []],
  'access.http': [guarded('{allow: {from: [{anyone: true}], to: [{methods: [GET]}]}}'), ['access.identity']],
  'access.deny': [guarded('{deny: {from: [{anyone: true}]}}'), []],
  'access.except': [
    guarded('{deny: {from: [{anyone: true}], except: [{from: [{anyone: true}]}]}}'),
    ['access.deny'],
  ],
  'access.address': [
    [
      gateway('http'),
      document('Access', 'a', ['gateway: g', 'rules: [{allow: {from: [{address: 10.0.0.0/8}]}}]']),
    ],
    ['gateway.http'],
  ],
  'access.jwt': [
    guarded('{deny: {when: [{jwt: {issuer: x}}]}}', tokens),
    ['access.deny', 'authentication.jwt'],
  ],
  'authentication.jwt': [[service(), tokens], []],
  'authentication.external': [
    [service(), document('Authentication', 'a', ['services: [a]', 'externalAuthorization: {service: a}'])],
    [],
  ],
  'external.hosts': [[external()], []],
  'external.tls': [[external('tls: {}')], ['external.hosts']],
  'external.gateway': [
    [external('gateway: g'), document('Gateway', 'g', ['type: egress'])],
    ['external.hosts'],
  ],
  'egress.allow': [[mesh(open, 'egress: allow')], []],
  'gateway.http': [[gateway('http')], []],
  'gateway.tls': [[gateway('https', ', tls: {certificate: {issued: true}}')], []],
  'gateway.passthrough': [[gateway('tls')], []],
  'gateway.https-redirect': [[gateway('http', ', httpsRedirect: true')], ['gateway.http']],
  'gateway.client-address': [[gateway('http', ', clientAddress: proxyProtocol')], ['gateway.http']],
  'gateway.shared-ports': [
    [gateway('http', '}, m: {port: 1, protocol: http, hostnames: [a.example]')],
    ['gateway.http'],
  ],
  'telemetry.metric-labels': [[mesh(open, 'telemetry: {metrics: {labels: {a: "1"}}}')], []],
  'telemetry.access-log': [[mesh(open, 'telemetry: {accessLog: {}}')], []],
  'telemetry.tracing': [[mesh(open, 'telemetry: {tracing: {otlp: {service: shop/a}}}'), service()], []],
  'telemetry.service': [[service('telemetry: {accessLog: {}}')], ['telemetry.access-log']],
  federation: [[mesh(open, 'certificates: {federation: {partner.example: {bundle: partner.pem}}}')], []],
};

/**
 * For each feature of the base: documents that imply it, and the same mesh with documents that turn it off. Built in
 * are a closed egress, refused unsafe paths, least-request, time limits of connections, no retries and strict mTLS; a
 * Route answers 404 to requests that no rule matches.
 */
const implied: Readonly<Record<BaseFeature, readonly [readonly string[], readonly string[]]>> = {
  'egress.deny': [[], [mesh(open, 'egress: allow')]],
  'request.unsafe-paths': [
    [service()],
    [document('Service', 'a', ['ports: {db: {port: 3306, protocol: mysql}}'])],
  ],
  'route.no-match': [
    [
      service(),
      document('Route', 'a', ['service: a', 'rules: [{match: [{path: {prefix: /a}}], backends: [{}]}]']),
    ],
    [service(), document('Route', 'a', ['service: a', 'rules: [{backends: [{}]}]'])],
  ],
  'settings.default-balancing': [[service()], [service('loadBalancing: {algorithm: least-request}')]],
  'settings.default-connections': [
    [service('connections: {connectTimeout: 5s}')],
    [service('connections: {connectTimeout: 5s, idleTimeout: 1h}')],
  ],
  'settings.no-retries': [[service()], [service('retries: {attempts: 1}')]],
  'mtls.strict': [[service()], [service('mtls: permissive')]],
};

const rolledOut = (...lines: readonly string[]) => [
  service('versions: {v1: {}, v2: {}}'),
  document('Rollout', 'a', ['service: a', 'from: v1', 'to: v2', 'judge: {source: scrape}', ...lines]),
];

describe('features of Rollouts, which no rule has before they begin', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['a canary by shares', ['steps: [5%, 100%]'], ['route.split']],
    ['a canary at once', ['steps: [100%]'], []],
    [
      'a canary with match',
      ['steps: [5%, 100%]', 'match: {cookies: {x: {present: true}}, methods: [GET]}'],
      ['route.cookies', 'route.methods', 'route.order', 'route.split'],
    ],
    [
      'ab',
      ['strategy: ab', 'match: {headers: {x: {present: true}}, query: {x: {present: true}}}'],
      ['route.headers', 'route.order', 'route.query'],
    ],
    ['blue-green', ['strategy: blue-green'], []],
    ['shadow', ['strategy: shadow', 'steps: [5%, 100%]'], ['route.mirror']],
  ])('%s', (_name, lines, expected) => {
    expect(used(...rolledOut(...lines))).toEqual(expected);
  });
});

describe('features of the base', () => {
  it.each(Object.keys(baseFeatures) as BaseFeature[])(
    '%s is used by default, until a document turns it off',
    (feature) => {
      const [unasked, said] = implied[feature];
      expect(allUsed(...unasked)).toContain(feature);
      expect(allUsed(...said)).not.toContain(feature);
    },
  );

  it('has its place in the Mesh; an unmatched request at the last rule of its Route', () => {
    const route = ['service: a', 'rules: [{match: [{path: {prefix: /a}}], backends: [{}]}]'];
    const places = featuresUsed(linked(mesh(open), service(), document('Route', 'a', route)));
    expect(places.get('settings.no-retries')).toEqual([{ file: 'mesh.yaml', line: 3, column: 18 }]);
    expect(places.get('route.no-match')?.map(({ line }) => line)).toEqual([20]);
  });

  it('is not used by a mesh without services', () => {
    expect(allUsed()).toEqual(['egress.deny']);
  });

  it.each(['{}', '{path: {prefix: /}}'])('a rule that matches %s takes every request', (match) => {
    const rules = `rules: [{match: [${match}], backends: [{}]}]`;
    expect(allUsed(service(), document('Route', 'a', ['service: a', rules]))).not.toContain('route.no-match');
  });

  it.each([
    'headers: {x: {present: true}}',
    'query: {x: {present: true}}',
    'methods: [GET]',
    'from: [a]',
    'port: http',
  ])('a rule with the condition %s does not match every request', (match) => {
    const rules = `rules: [{match: [{${match}}], backends: [{}]}]`;
    expect(allUsed(service(), document('Route', 'a', ['service: a', rules]))).toContain('route.no-match');
  });
});

describe('features that a mesh uses', () => {
  it('are none in a mesh without documents', () => {
    expect(used(service())).toEqual([]);
  });

  it.each(Object.keys(examples) as (keyof typeof examples)[])(
    '%s is used if the spec uses it, and no other feature is',
    (feature) => {
      const [documents, others] = examples[feature];
      expect(used(...documents)).toEqual([feature, ...others].sort());
    },
  );

  it.each(['services: [a]', 'gateways: [g]'])(
    'a required token is a token, also without issuers: %s',
    (at) => {
      const required = document('Authentication', 'a', [at, 'required: true']);
      const places = featuresUsed(linked(mesh(open), service(), gateway('http'), required));
      expect(places.get('authentication.jwt')?.map(({ line }) => line)).toEqual([23]);
    },
  );

  it.each([
    ['{allow: {from: [{anyone: true}], to: [{ports: [l]}]}}', true],
    ['{allow: {from: [{anyone: true}]}}', false],
  ])('a gateway that %s lets callers in at some listeners: %s', (ruleText, limits) => {
    const two = document('Gateway', 'g', [
      'listeners: {l: {port: 1, protocol: http}, m: {port: 2, protocol: http}}',
    ]);
    const access = document('Access', 'g', ['gateway: g', `rules: [${ruleText}]`]);
    expect(used(service(), two, access).includes('access.identity')).toBe(limits);
  });

  it('have the places that use them, each once', () => {
    const places = featuresUsed(
      linked(mesh('defaults: {retries: {attempts: 1}}'), service(), document('Service', 'b', plain)),
    );
    expect(places.get('settings.retries')).toEqual([{ file: 'mesh.yaml', line: 6, column: 34 }]);
  });
});
