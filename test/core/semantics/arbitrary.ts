import fc from 'fast-check';
import type { Access, AccessException, AccessOperation, AccessRule } from '../../../src/core/ir/access.ts';
import type { Authentication } from '../../../src/core/ir/authentication.ts';
import type { Gateway, Listener } from '../../../src/core/ir/gateway.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { HeaderMatch, PathMatch, RouteMatch, StringMatch } from '../../../src/core/ir/match.ts';
import type { PrincipalMatch } from '../../../src/core/ir/principal.ts';
import type { Backend, Cors, HeaderChanges, PathChange, Route, Rule } from '../../../src/core/ir/route.ts';
import type { Service, Version } from '../../../src/core/ir/service.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import {
  authentication,
  cors,
  external,
  externalPort,
  forward,
  gateway,
  issuer,
  line,
  listener,
  mesh,
  origin,
  port,
  redirect,
  rule,
  service,
  version,
} from './mesh.ts';

/** Small pools of names, so that requests often match rules. */
const serviceIds = ['shop/reviews', 'shop/ratings', 'ops/reviews', 'ops/db'];
const externalIds = ['shop/pay', 'ops/mail'];
const names = ['x-a', 'x-b', 'host', 'origin'];
const values = ['', '1', '2', 'ab'];
const paths = ['/', '/a', '/a/b', '/ab', '/a/', '/%61', '/a//b', '/a/../b', '/%2f', '/%'];
const hosts = [
  'reviews',
  'reviews.shop',
  'reviews.shop:9080',
  'ratings:1',
  'pay.example',
  'x.mail.example',
  'a.example',
  'z',
];
const portNames = ['http', 'admin', 'db', 'tls'];

const one = <T>(pool: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...pool);
const some = <T>(arbitrary: fc.Arbitrary<T>, maxLength = 2): fc.Arbitrary<T[]> =>
  fc.array(arbitrary, { maxLength });
const oneOrMore = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T[]> =>
  fc.array(arbitrary, { minLength: 1, maxLength: 3 });

const principals: fc.Arbitrary<PrincipalMatch> = fc.oneof(
  one<PrincipalMatch>([{ type: 'anyone' }, { type: 'authenticated' }]),
  one(['shop', 'ops']).map(
    (namespace): PrincipalMatch => ({ type: 'namespace', trustDomain: 'shop.example', namespace }),
  ),
  one(['shop/sa/web', 'shop/sa/public', 'ops/sa/reviews']).map(
    (account): PrincipalMatch => ({ type: 'spiffe', id: `spiffe://shop.example/ns/${account}` }),
  ),
);

const strings: fc.Arbitrary<StringMatch> = fc.oneof(
  fc.record({ type: one(['exact', 'prefix', 'suffix', 'contains'] as const), value: one(values) }),
  one(['1|2', 'a.*', '']).map((value): StringMatch => ({ type: 'regex', value })),
  fc.boolean().map((value): StringMatch => ({ type: 'present', value })),
);

const pathMatches: fc.Arbitrary<PathMatch> = fc.oneof(
  fc.record({ type: fc.constant('exact' as const), value: one(['/', '/a', '/b']) }),
  fc.record({ type: fc.constant('prefix' as const), value: one(['', '/a', '/a/b']) }),
  fc.record({ type: fc.constant('startsWith' as const), value: one(['/', '/a', '/a/']) }),
  fc.record({ type: fc.constant('regex' as const), value: one(['/a.*', '/b']) }),
);

const cookieMatches: fc.Arbitrary<HeaderMatch> = fc.record({
  origin: fc.constant(origin),
  name: fc.constant('cookie'),
  cookie: one(['c', 'd']),
  // Linking restricts patterns to one cookie.
  match: strings.map((match) =>
    match.type === 'regex' ? { ...match, value: match.value.replaceAll('.', '[^;]') } : match,
  ),
  negated: fc.boolean(),
});

const valueMatches: fc.Arbitrary<HeaderMatch> = fc.record({
  origin: fc.constant(origin),
  name: one(names),
  match: strings,
  negated: fc.boolean(),
});

const headerMatches: fc.Arbitrary<HeaderMatch> = fc.oneof(
  { weight: 3, arbitrary: valueMatches },
  cookieMatches,
);

const options = <T extends object>(
  model: { [K in keyof T]-?: fc.Arbitrary<T[K]> },
): fc.Arbitrary<Partial<T>> => fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

const routeMatches: fc.Arbitrary<RouteMatch> = options<RouteMatch>({
  origin: fc.constant(origin),
  path: pathMatches,
  methods: oneOrMore(one(['GET', 'POST', 'OPTIONS'])),
  headers: some(headerMatches, 1),
  query: some(fc.record({ origin: fc.constant(origin), name: one(['q', 'r']), match: strings }), 1),
  from: oneOrMore(principals),
  port: one([80, 9080]),
  sni: oneOrMore(one(['a.example', '*.example'])),
}).map((parts) => ({ origin, headers: [], query: [], ...parts }));

const changes: fc.Arbitrary<HeaderChanges> = fc.record({
  set: some(fc.record({ name: fc.constant('x-a'), value: one(values) }), 1),
  add: some(fc.record({ name: fc.constant('x-b'), value: one(values) }), 1),
  remove: some(fc.constant('x-c'), 1),
});

const backends: fc.Arbitrary<Backend> = fc
  .record({
    service: one([...serviceIds, ...externalIds]),
    port: one(['http', 'http', 'db']),
    weight: one([0, 1, 1, 3, 0.1]),
    version: one([undefined, undefined, 'v1', 'v2']),
  })
  .map(({ version: of, ...rest }) => ({ origin, ...rest, ...(of === undefined ? {} : { version: of }) }));

const corses: fc.Arbitrary<Cors> = options<Cors>({
  origin: fc.constant(origin),
  allowOrigins: oneOrMore(one(['https://a.example', '*'])),
  allowMethods: some(one(['GET'])),
  allowHeaders: some(one(['x-a'])),
  exposeHeaders: some(one(['x-b'])),
  allowCredentials: fc.boolean(),
  maxAge: fc.nat(100),
}).map(cors);

const percents = one([0, 0.1, 50, 100]);

const forwards = fc
  .record({
    backends: oneOrMore(backends),
    timeout: one([0, 1000]),
    requestHeaders: changes,
    mirrors: some(
      fc.record({
        origin: fc.constant(origin),
        service: one(serviceIds),
        port: fc.constant('http'),
        percent: percents,
      }),
      1,
    ),
    fault: one([undefined, undefined, 'delay', 'abort'] as const),
    percent: percents,
    rewrite: one([
      undefined,
      undefined,
      { origin, path: { type: 'replacePrefix', value: '/' } },
      { origin, host: 'a.example' },
    ] as const),
    retries: one([
      undefined,
      { origin, attempts: 2, perTryTimeout: 10, on: ['reset'], backoff: 25, methods: ['GET'] },
    ] as const),
    limited: fc.boolean(),
  })
  .map(({ fault, percent, rewrite, retries, limited, ...rest }) =>
    forward({
      ...rest,
      ...(fault === 'delay' ? { fault: { origin, delay: { duration: 1, percent } } } : {}),
      ...(fault === 'abort' ? { fault: { origin, abort: { status: 500, percent } } } : {}),
      ...(rewrite === undefined ? {} : { rewrite }),
      ...(retries === undefined ? {} : { retries }),
      ...(limited ? { rateLimit: { origin, requests: 1, per: 1, burst: 0, keyHeader: 'x-a' } } : {}),
    }),
  );

/** A rule without `cors`, with any action. */
export const rules: fc.Arbitrary<Rule> = fc
  .record({
    matches: some(routeMatches),
    action: fc.oneof(
      { weight: 4, arbitrary: forwards },
      options<{ host: string; scheme: string; port: number; path: PathChange }>({
        host: one(['b.example']),
        scheme: one(['https']),
        port: one([80, 8443]),
        path: one([{ type: 'replaceFull', value: '/n' }] as const),
      }).map(redirect),
      fc.constant({ type: 'respond', origin, status: 200, body: 'ok' } as const),
    ),
    responseHeaders: changes,
  })
  .map(rule);

const corsRules = fc.tuple(rules, corses).map(([plain, of]): Rule => ({ ...plain, cors: of }));

const routes: fc.Arbitrary<Route> = fc
  .array(fc.oneof({ weight: 4, arbitrary: rules }, corsRules), { maxLength: 4 })
  .map((list) => ({ origin, implicit: false, name: 'r', rules: list }));

const operations: fc.Arbitrary<AccessOperation> = options<AccessOperation>({
  origin: fc.constant(origin),
  ports: oneOrMore(one(portNames)),
  methods: oneOrMore(one(['GET', 'POST'])),
  paths: oneOrMore(pathMatches),
  hosts: oneOrMore(one(['reviews.shop', '*.shop', '*'])),
  headers: oneOrMore(headerMatches),
}).map((operation) => ({ origin, ...operation }));

const exceptions: fc.Arbitrary<AccessException> = options<AccessException>({
  origin: fc.constant(origin),
  from: oneOrMore(principals),
  to: oneOrMore(operations),
}).map(({ from, to }) => ({
  origin,
  ...(to && { to }),
  ...((from !== undefined || to === undefined) && { from: from ?? [{ type: 'authenticated' as const }] }),
}));

const wholeRules: fc.Arbitrary<AccessRule> = options<Omit<AccessRule, 'except'>>({
  origin: fc.nat(99).map((number) => line(number)),
  from: oneOrMore(principals),
  to: oneOrMore(operations),
  when: oneOrMore(
    fc.record({
      origin: fc.constant(origin),
      claims: some(
        fc.record({ path: one([['role'], ['a', 'b'], ['scope']]), values: oneOrMore(one(['x', 'y'])) }),
        1,
      ),
    }),
  ),
}).map((parts) => ({ origin, ...parts }));

export const accessRules: fc.Arbitrary<AccessRule> = fc.oneof(
  { weight: 5, arbitrary: wholeRules },
  fc
    .record({ whole: wholeRules, except: some(exceptions, 1) })
    .map(({ whole, except }) => ({ ...whole, except })),
);

const accesses: fc.Arbitrary<Access> = fc
  .record({ allow: some(accessRules, 3), deny: some(accessRules, 1), posture: fc.boolean() })
  .map(({ allow, deny, posture }) => ({ closed: posture || allow.length > 0, allow, deny }));

const authentications: fc.Arbitrary<Authentication> = fc
  .record({ required: fc.boolean(), forwards: fc.boolean(), none: fc.boolean() })
  .map(({ required, forwards: forwarded, none }) =>
    authentication({
      required,
      issuers: none
        ? []
        : [
            issuer('s', 'https://s.example', {
              forward: forwarded,
              claimHeaders: [{ header: 'x-a', claim: 'role' }],
            }),
          ],
    }),
  );

const versions: fc.Arbitrary<readonly Version[]> = fc.oneof<fc.Arbitrary<readonly Version[]>[]>(
  fc.constant([version('default')]),
  fc.constant([version('v1'), version('v2')]),
  fc.tuple(fc.nat(2), fc.nat(2)).map(([a, b]) => [version('v1', a), version('v2', b)]),
);

function services(id: string): fc.Arbitrary<Service> {
  return fc
    .record({
      mtls: one(['strict', 'permissive', 'disabled'] as const),
      access: accesses,
      exposeTo: one(['all', ['shop'], ['shop', 'ops'], ['ops']] as const),
      versions,
      checked: fc.option(authentications, { nil: undefined }),
      http: fc.option(routes, { nil: undefined }),
      extra: fc.subarray(['admin', 'db', 'tls']),
      limited: fc.boolean(),
    })
    .map(({ checked, http, extra, limited, ...parts }) =>
      service(id, {
        ...parts,
        ports: [
          port('http', 9080, { service: id, ...(http === undefined ? {} : { route: http }) }),
          ...extra.map((name) => extraPort(name, id, http)),
        ],
        ...(checked === undefined ? {} : { authentication: checked }),
        ...(limited
          ? { settings: { rateLimit: { origin, requests: 1, per: 1, burst: 0, scope: 'instance' } } }
          : {}),
      }),
    );
}

function extraPort(name: string, id: string, route: Route | undefined): Service['ports'][number] {
  const number = { admin: 80, db: 3306, tls: 443 }[name] ?? 1;
  const protocol = name === 'db' ? 'tcp' : name === 'tls' ? 'tls' : 'http';
  const streams = route?.rules.filter(({ action }) => action.type === 'forward') ?? [];
  const own = protocol === 'http' ? route : route && { ...route, rules: streams };
  return port(name, number, { service: id, protocol, ...(own === undefined ? {} : { route: own }) });
}

const listeners: fc.Arbitrary<Listener> = fc
  .record({
    protocol: one(['http', 'https', 'tls', 'tcp'] as const),
    number: one([80, 443]),
    route: routes,
    other: routes,
    redirects: fc.boolean(),
  })
  .map(({ protocol, number, route, other, redirects }) => {
    const stream = protocol === 'tls' || protocol === 'tcp';
    const only = (of: Route): Route =>
      stream ? { ...of, rules: of.rules.filter(({ action }) => action.type === 'forward') } : of;
    return listener(protocol, number, {
      protocol,
      httpsRedirect: redirects && protocol === 'http',
      virtualHosts: [
        { origin, hostname: 'a.example', route: only(route) },
        { origin, hostname: '*', route: only(other) },
      ],
      ...(protocol === 'https'
        ? {
            tls: {
              origin,
              certificate: { type: 'issued' },
              minVersion: '1.2',
              clientCertificates: { ca: { type: 'file', name: 'ca' }, required: redirects },
            },
          }
        : {}),
    });
  });

const gateways: fc.Arbitrary<Gateway> = fc
  .record({
    listeners: oneOrMore(listeners),
    access: accesses,
    checked: fc.option(authentications, { nil: undefined }),
  })
  .map(({ listeners: list, checked, ...rest }) =>
    gateway('shop/public', list, { ...rest, ...(checked === undefined ? {} : { authentication: checked }) }),
  );

/** Small meshes with every feature. */
export const meshes: fc.Arbitrary<Ir> = fc
  .record({
    services: fc.tuple(...serviceIds.map(services)),
    from: fc.option(oneOrMore(principals), { nil: undefined }),
    gateway: gateways,
    guarded: fc.boolean(),
    egress: one(['allow', 'deny'] as const),
  })
  .map(({ services: list, from, gateway: entrance, guarded, egress }) =>
    mesh({
      services: list,
      externals: [
        external('shop/pay', {
          hosts: ['pay.example'],
          ...(from === undefined ? {} : { from }),
          ...(guarded ? { gateway: 'shop/public' } : {}),
        }),
        external('ops/mail', {
          hosts: ['*.mail.example'],
          ports: [externalPort('http', 443, { service: 'ops/mail', applicationTls: guarded })],
        }),
      ],
      gateways: [entrance],
      egress,
    }),
  );

const texts = fc.oneof(fc.string({ maxLength: 6 }), one(['constructor', '__proto__', '']));

/** Requests that fit the mesh, and some that no client would send. */
export const requests: fc.Arbitrary<Request> = fc
  .record({
    from: fc.oneof(
      one(['shop/web', ...serviceIds]).map((id) => ({ type: 'service', id }) as const),
      one([
        'spiffe://shop.example/ns/shop/sa/web',
        'spiffe://other.example/ns/a/sa/b',
        'spiffe://shop.example/ns/x/sa/y',
        '',
      ]).map((id) => ({ type: 'spiffe', id }) as const),
      fc.constant({ type: 'anonymous' } as const),
      texts.map((id) => ({ type: 'service', id }) as const),
    ),
    to: fc.oneof(
      {
        weight: 4,
        arbitrary: one([...serviceIds, ...externalIds]).map((id) => ({ type: 'service', id }) as const),
      },
      { weight: 3, arbitrary: fc.constant({ type: 'gateway', id: 'shop/public' } as const) },
      { weight: 1, arbitrary: fc.record({ type: one(['service', 'gateway'] as const), id: texts }) },
    ),
    port: fc.oneof(
      { weight: 4, arbitrary: fc.constant(undefined) },
      one<string | number>([...portNames, 80, 9080, '443']),
      texts,
    ),
    method: fc.oneof({ weight: 4, arbitrary: one(['GET', 'POST', 'OPTIONS']) }, texts),
    path: fc.oneof(
      { weight: 4, arbitrary: one(paths) },
      texts,
      fc.string({ maxLength: 9 }).map((text) => `/${text}`),
    ),
    query: fc.option(fc.oneof(one(['q=1', 'q=2&q=1', 'r', '&&=']), texts), { nil: undefined }),
    host: fc.option(fc.oneof({ weight: 4, arbitrary: one(hosts) }, texts), { nil: undefined }),
    headers: some(
      fc.record({
        name: one([...names, 'access-control-request-method']),
        value: one([...values, 'https://a.example', 'GET']),
      }),
      4,
    ),
    sni: fc.option(fc.oneof(one(['a.example', 'x.a.example', 'X']), texts), { nil: undefined }),
    claims: fc.option(
      fc.oneof(
        fc.constant('invalid' as const),
        fc.record({
          iss: one(['https://s.example', 'https://o.example', 1]),
          role: one<unknown>(['x', ['y', 'z'], {}, undefined]),
          scope: one(['x y', '']),
        }),
      ),
      { nil: undefined },
    ),
  })
  .map(
    (parts) =>
      Object.fromEntries(
        Object.entries(parts).filter(([, value]) => value !== undefined),
      ) as unknown as Request,
  );
