import { describe, expect, test } from 'vitest';
import consul from '../../../../src/core/targets/consul/index.ts';
import { hundredths } from '../../../../src/core/targets/consul/routes/shares.ts';
import { document, linked, mesh } from '../../ir/linked.ts';
import { access, books, caller, closed, route } from '../book-shop.ts';
import { limitsOf, specs } from './lowered.ts';

interface Source {
  readonly name: string;
  readonly action?: string;
  readonly permissions?: readonly {
    readonly action: string;
    readonly http: Readonly<Record<string, unknown>>;
  }[];
}

function sourcesOf(name: string, ir: ReturnType<typeof linked>): Readonly<Record<string, Source>> {
  const { sources } = specs(ir, 'ServiceIntentions')[name] as unknown as { sources: readonly Source[] };
  return Object.fromEntries(sources.map((source) => [source.name, source]));
}

interface Route {
  readonly match?: { readonly http: Readonly<Record<string, unknown>> };
  readonly destination: Readonly<Record<string, unknown>>;
}

function routesOf(name: string, ir: ReturnType<typeof linked>): readonly Route[] {
  return (specs(ir, 'ServiceRouter')[name] as unknown as { routes: readonly Route[] }).routes;
}

// An intention for a name replaces the intention for all names: each has to be whole (computeIntentionPrecedence).
describe('the precedence of intentions', () => {
  const ir = linked(
    closed,
    caller('web'),
    caller('jobs'),
    caller('spy'),
    books,
    access(
      'books',
      'allow: {from: [{authenticated: true}], to: [{methods: [GET]}]}',
      'allow: {from: [{service: jobs}], to: [{methods: [POST]}]}',
      'deny: {from: [{service: spy}]}',
    ),
  );

  test('the entry of a caller has the rules for all callers, too', () => {
    const { jobs, '*': others } = sourcesOf('books', ir);
    const methods = (source: Source | undefined) =>
      source?.permissions?.map(({ action, http }) => [action, http['methods']]);
    expect(methods(jobs)).toEqual([
      ['allow', ['GET']],
      ['allow', ['POST']],
      ['deny', undefined],
    ]);
    expect(methods(others)).toEqual([
      ['allow', ['GET']],
      ['deny', undefined],
    ]);
  });

  test('a caller that is denied has an entry, which replaces the one for all others', () => {
    expect(sourcesOf('books', ir)['spy']).toEqual({ name: 'spy', action: 'deny' });
  });

  test('a service without rules refuses all others by itself', () => {
    expect(sourcesOf('books', linked(closed, caller('web'), books))).toEqual({
      '*': { name: '*', action: 'deny' },
    });
  });

  test('a service without a rule on a mesh that allows lets all in by itself', () => {
    expect(sourcesOf('books', linked(mesh('access: allow'), books))).toEqual({
      '*': { name: '*', action: 'allow' },
    });
  });

  test('a deny for a namespace refuses all callers that the mesh does not name, and says so', () => {
    const open = linked(
      mesh('access: allow'),
      caller('web'),
      caller('guest', 'guests'),
      books,
      access('books', 'deny: {from: [{namespace: guests}], to: [{methods: [DELETE]}]}'),
    );
    const { web, guest, '*': others } = sourcesOf('books', open);
    expect(web).toEqual({ name: 'web', action: 'allow' });
    expect(others?.permissions?.[0]).toEqual({ action: 'deny', http: { methods: ['DELETE'] } });
    expect(guest).toBeUndefined();
    expect(limitsOf(open)).toContain('access.deny: callers that the mesh does not name are refused, too');
  });
});

// The default of the cluster decides about requests that no permission fits, and may allow them.
test('permissions end in a deny of everything', () => {
  const ir = linked(
    closed,
    caller('web'),
    books,
    access('books', 'allow: {from: [{service: web}], to: [{methods: [GET]}]}'),
  );
  expect(sourcesOf('books', ir)['web']?.permissions?.at(-1)).toEqual({
    action: 'deny',
    http: { pathPrefix: '/' },
  });
});

test('denies precede allows, whatever the order of the spec', () => {
  const ir = linked(
    closed,
    caller('web'),
    books,
    access(
      'books',
      'allow: {from: [{service: web}], to: [{paths: [{prefix: /a}]}]}',
      'deny: {to: [{paths: [{exact: /a/secret}]}]}',
    ),
  );
  expect(sourcesOf('books', ir)['web']?.permissions).toEqual([
    { action: 'deny', http: { pathExact: '/a/secret' } },
    { action: 'allow', http: { pathExact: '/a' } },
    { action: 'allow', http: { pathPrefix: '/a/' } },
    { action: 'deny', http: { pathPrefix: '/' } },
  ]);
});

// Envoy merges slashes, but of `//` it keeps both; a real proxy let it past a deny of `/`.
test('a path of slashes is the root for Access', () => {
  const ir = linked(
    mesh('access: allow'),
    caller('web'),
    books,
    access('books', 'deny: {to: [{paths: [{exact: /}, {regex: "/(?:a)?"}, {exact: /b}]}]}'),
  );
  expect(sourcesOf('books', ir)['*']?.permissions?.map(({ http }) => http)).toEqual([
    { pathRegex: '/+' },
    { pathRegex: '/(?:a)?' },
    { pathExact: '/b' },
    { pathPrefix: '/' },
    { pathPrefix: '/' },
  ]);
});

// Consul refuses permissions for a service that isn't HTTP, and Envoy's agent panics at some.
test('a rule about requests on a port without HTTP never lets anybody in', () => {
  const database = document('Service', 'db', ['ports: {sql: {port: 5432, targetPort: 5432, protocol: tcp}}']);
  const ir = linked(
    closed,
    caller('web'),
    caller('jobs'),
    database,
    access(
      'db',
      'allow: {from: [{service: web}], to: [{methods: [GET]}]}',
      'allow: {from: [{service: jobs}], to: [{ports: [sql]}]}',
    ),
  );
  expect(sourcesOf('db', ir)).toEqual({
    jobs: { name: 'jobs', action: 'allow' },
    '*': { name: '*', action: 'deny' },
  });
});

test('a deny about requests on a port without HTTP refuses nobody, as the language says', () => {
  const database = document('Service', 'db', ['ports: {sql: {port: 5432, targetPort: 5432, protocol: tcp}}']);
  const ir = linked(
    mesh('access: allow'),
    caller('web'),
    database,
    access('db', 'deny: {to: [{methods: [GET]}]}'),
  );
  expect(sourcesOf('db', ir)).toEqual({ '*': { name: '*', action: 'allow' } });
});

// Consul leaves out a condition on an empty text, so that the route or permission would fit every request.
describe('a condition on an empty text', () => {
  test('is a pattern in a route', () => {
    const ir = linked(
      closed,
      books,
      route('books', 'match: [{headers: {x-note: {exact: ""}}, query: {q: {exact: ""}}}]'),
    );
    expect(routesOf('books', ir)[0]?.match?.http).toEqual({
      header: [{ name: 'x-note', regex: '^$' }],
      queryParam: [{ name: 'q', regex: '^$' }],
    });
  });

  test('is a pattern in a permission', () => {
    const ir = linked(
      closed,
      caller('web'),
      books,
      access('books', 'allow: {from: [{service: web}], to: [{headers: {x-note: {exact: ""}}}]}'),
    );
    expect(sourcesOf('books', ir)['web']?.permissions?.[0]?.http).toEqual({
      header: [{ name: 'x-note', regex: '^$' }],
    });
  });
});

// An inverted condition of Envoy doesn't fit a request without the header.
test('a condition that is negated has an alternative without the header', () => {
  const ir = linked(closed, books, route('books', 'match: [{headers: {x-loud: {not: {prefix: y}}}}]'));
  expect(
    routesOf('books', ir)
      .slice(0, 2)
      .map(({ match }) => match?.http['header']),
  ).toEqual([
    [{ name: 'x-loud', present: true, invert: true }],
    [{ name: 'x-loud', prefix: 'y', invert: true }],
  ]);
});

describe('a router', () => {
  test('sends what no rule takes to a subset without instances, not to the service', () => {
    const ir = linked(closed, books, route('books', 'match: [{path: {exact: /a}}]'));
    expect(routesOf('books', ir).at(-1)).toEqual({
      destination: { service: 'books', serviceSubset: 'nobody' },
    });
    const { subsets } = specs(ir, 'ServiceResolver')['books'] as unknown as {
      subsets: Record<string, { filter: string }>;
    };
    expect(subsets['nobody']).toEqual({ filter: 'Service.ID == ""' });
  });

  test('sends what a rule would answer there, too', () => {
    const ir = linked(
      closed,
      books,
      route('books', '{match: [{path: {exact: /a}}], respond: {status: 200, body: a}}', '{}'),
    );
    expect(routesOf('books', ir)[0]).toEqual({
      match: { http: { pathExact: '/a' } },
      destination: { service: 'books', serviceSubset: 'nobody' },
    });
  });

  test('names the subset without instances apart from a version of that name', () => {
    const odd = document('Service', 'odd', ['ports: {http: {port: 80}}', 'versions: {nobody: {}}']);
    const ir = linked(closed, odd, route('odd', 'match: [{path: {exact: /a}}]'));
    expect(routesOf('odd', ir).at(-1)?.destination['serviceSubset']).toBe('nobody-2');
  });

  // Without these Envoy ends a request after 15 seconds and a silent stream after five minutes.
  test('says the timeout of every route, and none where there is none', () => {
    const ir = linked(mesh('access: deny', 'defaults: {timeout: 0s}'), books);
    expect(routesOf('books', ir)).toEqual([
      { destination: { service: 'books', requestTimeout: '-1s', idleTimeout: '-1s' } },
    ]);
    expect(specs(ir, 'ProxyDefaults')['global']).toEqual({
      config: { local_request_timeout_ms: 0, local_idle_timeout_ms: 0 },
    });
  });

  test('tries again only the methods that may be tried again', () => {
    const ir = linked(
      closed,
      books,
      route('books', 'retries: {attempts: 2, on: [reset, 503], methods: [GET]}'),
    );
    expect(
      routesOf('books', ir).map(({ match, destination }) => [
        match?.http['methods'],
        destination['numRetries'],
        destination['retryOn'],
        destination['retryOnStatusCodes'],
      ]),
    ).toEqual([
      [['GET'], 2, ['reset'], [503]],
      [undefined, undefined, undefined, undefined],
    ]);
  });

  test('sends to no port of another protocol, which Consul would refuse with the whole router', () => {
    const stream = document('Service', 'calls', ['ports: {grpc: {port: 90, protocol: grpc}}']);
    const ir = linked(closed, books, stream, route('books', 'backends: [{service: calls, port: grpc}]'));
    expect(routesOf('books', ir)[0]?.destination).toMatchObject({
      service: 'books',
      serviceSubset: 'nobody',
    });
    expect(limitsOf(ir)).toContain('settings.no-retries: requests for that backend get 503');
  });

  // Seen on the agent: for an exact path the rewrite `/` becomes a pattern that exchanges nothing.
  test('exchanges an exact path for the root by a path that the server normalises', () => {
    const ir = linked(
      closed,
      books,
      route('books', '{match: [{path: {prefix: /old}}], rewrite: {path: {replacePrefix: /}}}', '{}'),
    );
    expect(
      routesOf('books', ir)
        .slice(0, 2)
        .map(({ match, destination }) => [match?.http, destination['prefixRewrite']]),
    ).toEqual([
      [{ pathExact: '/old' }, '/.'],
      [{ pathPrefix: '/old/' }, '/'],
    ]);
  });

  test('leaves no second slash where an exact path gets one with a slash at its end', () => {
    const ir = linked(
      closed,
      books,
      route('books', '{match: [{path: {prefix: /old}}], rewrite: {path: {replacePrefix: /new/}}}', '{}'),
    );
    expect(
      routesOf('books', ir)
        .slice(0, 2)
        .map(({ destination }) => destination['prefixRewrite']),
    ).toEqual(['/new', '/new/']);
  });

  // Seen on the proxy: a deny of a host that only the rule gives to a request let it in.
  test.each([
    ['host', 'hosts: [new.example]', 'host: new.example', true],
    ['path', 'paths: [{exact: /new}]', 'path: {replaceFull: /new}', true],
    ['host', 'paths: [{exact: /new}]', 'host: new.example', false],
    ['path', 'hosts: [new.example]', 'path: {replaceFull: /new}', false],
  ])(
    'whose %s Consul can not change goes nowhere if Access asks about it (%s)',
    (_, to, rewrite, nowhere) => {
      const denied = access('books', 'allow: {from: [{authenticated: true}]}', `deny: {to: [{${to}}]}`);
      const ir = linked(
        closed,
        books,
        denied,
        route('books', `{match: [{path: {prefix: /old}}], backends: [{}], rewrite: {${rewrite}}}`, '{}'),
      );
      const [first] = routesOf('books', ir);
      expect(first?.destination['serviceSubset']).toBe(nowhere ? 'nobody' : undefined);
    },
  );

  test('doubles a percent sign in a header, which Envoy would take for a command', () => {
    const ir = linked(closed, books, route('books', 'headers: {request: {set: {x-share: 50%}}}'));
    expect(routesOf('books', ir)[0]?.destination['requestHeaders']).toEqual({ set: { 'x-share': '50%%' } });
  });
});

describe('a split', () => {
  // A backend's own Route is not asked; a splitter with the name of the service would be.
  test('has a name of its own, so that other Routes are not divided by it', () => {
    const shelf = document('Service', 'shelf', ['ports: {http: {port: 80}}']);
    const ir = linked(
      closed,
      books,
      shelf,
      route('books', 'backends: [{version: v1, weight: 90}, {version: v2, weight: 10}]'),
      route('shelf', 'backends: [{service: books, port: http}]'),
    );
    expect(Object.keys(specs(ir, 'ServiceSplitter'))).toEqual([
      expect.stringMatching(/^books-split-[0-9a-f]{8}$/),
    ]);
    expect(routesOf('shelf', ir)[0]?.destination['service']).toBe('books');
  });

  test('leaves out a weight of zero, and keeps the order of two hundredths', () => {
    const ir = linked(
      closed,
      books,
      route('books', 'backends: [{version: v1, weight: 0}, {version: v2, weight: 10}]'),
    );
    expect(specs(ir, 'ServiceSplitter')).toEqual({});
    expect(routesOf('books', ir)[0]?.destination).toMatchObject({ service: 'books', serviceSubset: 'v2' });
  });

  test('goes nowhere if all weights are zero', () => {
    const ir = linked(
      closed,
      books,
      route('books', 'backends: [{version: v1, weight: 0}, {version: v2, weight: 0}]'),
    );
    expect(routesOf('books', ir)[0]?.destination).toMatchObject({
      service: 'books',
      serviceSubset: 'nobody',
    });
  });

  test('says that a share is rounded to 0.01 %', () => {
    const ir = linked(
      closed,
      books,
      route('books', 'backends: [{version: v1, weight: 99999}, {version: v2, weight: 1}]'),
    );
    const [split] = Object.values(specs(ir, 'ServiceSplitter')) as unknown as readonly {
      splits: readonly { weight: number }[];
    }[];
    expect(split?.splits.map(({ weight }) => weight)).toEqual([99.99, 0.01]);
    expect(limitsOf(ir).filter((limit) => limit.startsWith('route.split'))).toHaveLength(1);
    const exact = linked(
      closed,
      books,
      route('books', 'backends: [{version: v1, weight: 9999}, {version: v2, weight: 1}]'),
    );
    expect(limitsOf(exact).filter((limit) => limit.startsWith('route.split'))).toEqual([]);
  });

  test.each([
    [[1, 1, 1], [3334, 3333, 3333], true],
    [[1, 3], [2500, 7500], false],
    [[1, 999_999_999], [1, 9999], true],
    [[7, 7, 7, 7, 7, 7], [1667, 1667, 1667, 1667, 1666, 1666], true],
  ])('of the weights %j has the hundredths %j', (weights, parts, rounded) => {
    expect(hundredths(weights)).toEqual({ parts, rounded });
  });
});

test('a subset names the version of an instance, not the labels of pods', () => {
  const { subsets } = specs(linked(closed, books), 'ServiceResolver', { versionMeta: 'release' })[
    'books'
  ] as unknown as {
    subsets: Record<string, unknown>;
  };
  expect(subsets['v1']).toEqual({ filter: 'Service.Meta.release == "v1"' });
});

// Without limits Envoy has 1,024 connections and ejects after five failures.
describe('limits of calls', () => {
  test('stand at every caller, and are off for services without limits', () => {
    const shelf = document('Service', 'shelf', [
      'ports: {http: {port: 80}}',
      'connections: {maxRequests: 7}',
    ]);
    const ir = linked(closed, caller('web'), books, shelf);
    const { upstreamConfig } = specs(ir, 'ServiceDefaults')['web'] as unknown as { upstreamConfig: unknown };
    const unlimited = 2_147_483_647;
    const off = { enforcingConsecutive5xx: 0, maxEjectionPercent: 0 };
    expect(upstreamConfig).toEqual({
      defaults: {
        limits: {
          maxConnections: unlimited,
          maxPendingRequests: unlimited,
          maxConcurrentRequests: unlimited,
        },
        passiveHealthCheck: off,
      },
      overrides: [
        {
          name: 'shelf',
          limits: { maxConnections: unlimited, maxPendingRequests: unlimited, maxConcurrentRequests: 7 },
          passiveHealthCheck: off,
        },
      ],
    });
  });
});

// A call without identity passes all intentions of Consul.
describe('a port that takes calls without identity', () => {
  const open = document('Service', 'books', ['ports: {http: {port: 80}}', 'mtls: permissive']);
  const modeOf = (ir: ReturnType<typeof linked>): unknown =>
    (specs(ir, 'ServiceDefaults')['books'] as unknown as { mutualTLSMode?: string }).mutualTLSMode;

  test('is permissive where everybody may call', () => {
    const ir = linked(mesh('access: allow'), open);
    expect(modeOf(ir)).toBe('permissive');
    expect(specs(ir, 'Mesh')['mesh']).toMatchObject({ allowEnablingPermissiveMutualTLS: true });
    expect(limitsOf(ir)).toEqual([]);
  });

  test.each([
    ['a closed service', access('books', 'allow: {from: [{service: web}]}')],
    ['a deny', access('books', 'deny: {from: [{service: web}]}')],
    [
      'an allow for some requests',
      access('books', 'allow: {from: [{anyone: true}], to: [{methods: [GET]}]}'),
    ],
  ])('stays strict with %s, and says so', (_, rules) => {
    const ir = linked(mesh('access: allow'), caller('web'), open, rules);
    expect(modeOf(ir)).toBe('strict');
    expect(specs(ir, 'Mesh')['mesh']).not.toHaveProperty('allowEnablingPermissiveMutualTLS');
    expect(limitsOf(ir)).toContain('mtls.permissive: calls without an identity are refused');
  });
});

// The community edition has one set of names for all namespaces.
describe('names', () => {
  test('that two services would share end in their namespace', () => {
    const other = document('Service', 'books', ['ports: {http: {port: 80}}'], 'library');
    const ir = linked(closed, books, other);
    expect(Object.keys(specs(ir, 'ServiceIntentions')).sort()).toEqual(['books-library', 'books-shop']);
  });

  test('are those of ports, of which each has its own intentions', () => {
    const two = document('Service', 'books', [
      'ports: {http: {port: 80}, admin: {port: 90, protocol: http}}',
    ]);
    const ir = linked(
      closed,
      caller('web'),
      two,
      access('books', 'allow: {from: [{service: web}], to: [{ports: [admin]}]}'),
    );
    expect(sourcesOf('books', ir)).toEqual({ '*': { name: '*', action: 'deny' } });
    expect(sourcesOf('books-admin', ir)).toEqual({
      web: { name: 'web', action: 'allow' },
      '*': { name: '*', action: 'deny' },
    });
  });

  test('of a caller are those of all its ports', () => {
    const two = document('Service', 'web', ['ports: {http: {port: 80}, admin: {port: 90, protocol: http}}']);
    const ir = linked(closed, two, books, access('books', 'allow: {from: [{service: web}]}'));
    expect(Object.keys(sourcesOf('books', ir))).toEqual(['web', 'web-admin', '*']);
  });
});

test('config entries have the fields of the objects in the spelling of Consul', () => {
  const ir = linked(
    closed,
    caller('web'),
    books,
    access('books', 'allow: {from: [{service: web}], to: [{methods: [GET]}]}'),
    route('books', 'headers: {request: {set: {x-a: b}}}'),
  );
  const files = new Map(
    consul
      .lower(ir, { version: '2.0', options: { mode: 'vms' } })
      .map((artifact) => (artifact.type === 'file' ? [artifact.path, artifact.resource] : ['', null])),
  );
  expect(files.get('config/7-service-intentions/books.json')).toMatchObject({
    Kind: 'service-intentions',
    Name: 'books',
    Sources: [
      { Name: 'web', Permissions: [{ Action: 'allow', HTTP: { Methods: ['GET'] } }, {}] },
      { Name: '*', Action: 'deny' },
    ],
  });
  expect(files.get('config/6-service-router/books.json')).toMatchObject({
    Kind: 'service-router',
    Routes: [{ Destination: { Service: 'books', RequestHeaders: { Set: { 'x-a': 'b' } } } }],
  });
  expect(files.get('config/4-service-resolver/books.json')).toMatchObject({
    Subsets: { v1: { Filter: 'Service.Meta.version == "v1"' } },
  });
  expect(files.get('config/1-mesh/mesh.json')).not.toHaveProperty('Name');
});
