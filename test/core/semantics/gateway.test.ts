import { describe, expect, test } from 'vitest';
import type { Gateway, Listener } from '../../../src/core/ir/gateway.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { Service } from '../../../src/core/ir/service.ts';
import { type Asked, answer, ask, forwarded } from './ask.ts';
import {
  access,
  allow,
  authentication,
  backend,
  cors,
  deny,
  forward,
  gateway,
  header,
  issuer,
  listener,
  match,
  mesh,
  origin,
  redirect,
  rule,
  service,
  spiffe,
  virtualHost,
} from './mesh.ts';

const passes = 'forwarded shop/reviews@* 1';
const answering = (body: string) => rule({ action: { type: 'respond', origin, status: 200, body } });

function entered(
  listeners: readonly Listener[],
  parts: Partial<Gateway> = {},
  services: readonly Service[] = [service('shop/reviews')],
): Ir {
  return mesh({ services, gateways: [gateway('shop/public', listeners, parts)] });
}

const all = [virtualHost('*', rule({}))];
const plain = [listener('http', 80, { virtualHosts: all })];
const at = (asked: Asked): Asked => ({ gateway: 'shop/public', host: 'a.example', ...asked });

function body(ir: Ir, asked: Asked): string {
  const outcome = ask(ir, at(asked));
  return outcome.outcome === 'responded'
    ? (outcome.body ?? '')
    : `${outcome.outcome} ${String('status' in outcome && outcome.status)}`;
}

describe('the listener', () => {
  const two = [
    listener('one', 8080, { virtualHosts: [virtualHost('*', answering('one'))] }),
    listener('two', 80, { virtualHosts: [virtualHost('*', answering('two'))] }),
  ];

  test('by name or by number; without a port, the listener on 80', () => {
    expect(body(entered(two), { port: 'one' })).toBe('one');
    expect(body(entered(two), { port: 8080 })).toBe('one');
    expect(body(entered(two), {})).toBe('two');
    expect(body(entered(two.slice(0, 1)), {})).toBe('one');
  });

  test('a listener that does not exist', () => {
    expect(answer(entered(two), at({ port: 81 }))).toBe('unroutable 404');
  });

  test('of several listeners on one port the one that serves the host', () => {
    const ir = entered([
      listener('any', 443, { virtualHosts: [virtualHost('*', answering('any'))] }),
      listener('shop', 443, {
        hostnames: ['*.shop.example'],
        virtualHosts: [virtualHost('*.shop.example', answering('shop'))],
      }),
    ]);
    expect(body(ir, { port: 443, host: 'a.shop.example' })).toBe('shop');
    expect(body(ir, { port: 443, host: 'b.example' })).toBe('any');
  });
});

describe('"at a gateway the most specific hostname (exact, then longest `*.`) decides alone"', () => {
  const ir = entered([
    listener('http', 80, {
      virtualHosts: [
        virtualHost(
          'a.shop.example',
          rule({ ...answering('exact'), matches: [match({ path: { type: 'exact', value: '/x' } })] }),
        ),
        virtualHost('*.a.shop.example', answering('longer')),
        virtualHost('*.example', answering('short')),
        virtualHost('*', answering('any')),
      ],
    }),
  ]);

  test.each([
    ['a.shop.example', 'exact'],
    ['A.Shop.Example:8080', 'exact'],
    ['b.a.shop.example', 'longer'],
    ['c.b.a.shop.example', 'longer'],
    ['b.shop.example', 'short'],
    ['example', 'any'],
    ['b.test', 'any'],
  ])('%s: %s', (host, expected) => expect(body(ir, { host, path: '/x' })).toBe(expected));

  test('alone: no other hostname is tried if none of its rules matches', () => {
    expect(body(ir, { host: 'a.shop.example', path: '/y' })).toBe('unroutable 404');
  });

  test('a host that no Route has, or that the listener does not serve', () => {
    const one = [
      listener('http', 80, { hostnames: ['a.example'], virtualHosts: [virtualHost('a.example', rule({}))] }),
    ];
    expect(answer(entered(one), at({ host: 'b.example' }))).toBe('unroutable 404');
    const narrow = [listener('http', 80, { hostnames: ['a.example'], virtualHosts: all })];
    expect(answer(entered(narrow), at({ host: 'b.example' }))).toBe('unroutable 404');
  });
});

describe('order: "a gateway makes the server\'s checks (not for preflights and `httpsRedirect`), then the client\'s"', () => {
  const closed = { access: access(allow({ from: [spiffe('x/y')] })) };
  const tokens = { authentication: authentication({ required: true }) };

  test('400, 401, 403, then 404', () => {
    const none = [listener('http', 80, { virtualHosts: [] })];
    expect(answer(entered(none, { ...closed, ...tokens }), at({ path: '/%2f' }))).toBe('refused 400');
    expect(answer(entered(none, { ...closed, ...tokens }), at({}))).toBe('refused 401');
    expect(answer(entered(none, closed), at({}))).toBe('refused 403');
    expect(answer(entered(none), at({}))).toBe('unroutable 404');
  });

  test('403 before a redirect of a rule', () => {
    const gone = [
      listener('http', 80, { virtualHosts: [virtualHost('*', rule({ action: redirect({ host: 'x' }) }))] }),
    ];
    expect(answer(entered(gone, closed), at({}))).toBe('refused 403');
    expect(answer(entered(gone), at({}))).toBe('redirected 302');
  });

  test('not for preflights', () => {
    const ir = entered(
      [listener('http', 80, { virtualHosts: [virtualHost('*', rule({ cors: cors({}) }))] })],
      { ...closed, ...tokens },
    );
    const headers = [
      ['origin', 'https://a.example'],
      ['access-control-request-method', 'GET'],
    ] as const;
    expect(answer(ir, at({ method: 'OPTIONS', headers }))).toBe('responded 200');
  });

  test('not for httpsRedirect: "true answers 301"; an unsafe path still is refused', () => {
    const ir = entered([listener('http', 80, { httpsRedirect: true, virtualHosts: all })], {
      ...closed,
      ...tokens,
    });
    expect(ask(ir, at({ path: '/a', query: 'b=c' }))).toMatchObject({
      outcome: 'redirected',
      status: 301,
      location: 'https://a.example/a?b=c',
    });
    expect(ask(ir, at({ host: 'a.example:80' }))).toMatchObject({ location: 'https://a.example/' });
    expect(answer(ir, at({ path: '/a%5cb' }))).toBe('refused 400');
  });

  test.each([
    [[], 'redirected 301'],
    [['https'], 'forwarded shop/reviews@* 1'],
    [['HTTPS'], 'forwarded shop/reviews@* 1'],
    [[' https\t'], 'forwarded shop/reviews@* 1'],
    [['', 'https'], 'forwarded shop/reviews@* 1'],
    [['https', ' '], 'forwarded shop/reviews@* 1'],
    [['https,http'], 'redirected 301'],
    [['https', 'https'], 'redirected 301'],
    [['HTTP'], 'redirected 301'],
    [['ftp'], 'redirected 301'],
    [[''], 'refused 400'],
    [[' '], 'refused 400'],
    [['', ''], 'refused 400'],
  ])('httpsRedirect depends on the `x-forwarded-proto` of a trusted proxy: %j', (values, expected) => {
    const headers = values.map((value) => ['x-forwarded-proto', value] as const);
    const behind = { httpsRedirect: true, virtualHosts: all } as const;
    const trusted = { ...behind, clientAddress: { type: 'forwarded', hops: 1 } } as const;
    expect(answer(entered([listener('http', 80, trusted)]), at({ headers }))).toBe(expected);
    expect(answer(entered([listener('http', 80, behind)]), at({ headers }))).toBe('redirected 301');
  });

  test('"a gateway without allows is open"; denies count', () => {
    expect(answer(entered(plain), at({}))).toBe(passes);
    const guests = access(deny({ to: [{ origin, paths: [{ type: 'prefix', value: '/admin' }] }] }));
    expect(answer(entered(plain, { access: guests }), at({}))).toBe(passes);
    expect(answer(entered(plain, { access: guests }), at({ path: '/admin/x' }))).toBe('refused 403');
  });

  test('access at a gateway sees listener, host and path as they were sent', () => {
    const rules = access(
      allow({
        from: [{ type: 'anyone' }],
        to: [{ origin, ports: ['http'], hosts: ['a.example'], paths: [{ type: 'exact', value: '/old' }] }],
      }),
    );
    const rewritten = rule({
      action: forward({ rewrite: { origin, host: 'b', path: { type: 'replaceFull', value: '/new' } } }),
    });
    const ir = entered([listener('http', 80, { virtualHosts: [virtualHost('*', rewritten)] })], {
      access: rules,
    });
    expect(answer(ir, at({ path: '/old' }))).toBe(passes);
    expect(answer(ir, at({ path: '/new' }))).toBe('refused 403');
  });
});

describe('"clientCertificates: {ca, required}: without it callers have no identity"', () => {
  const tls = { origin, certificate: { type: 'issued' }, minVersion: '1.2' } as const;
  const ca = { type: 'file', name: 'ca.pem' } as const;
  const known = { access: access(allow({ from: [{ type: 'authenticated' }] })) };
  const https = (required: boolean | undefined): readonly Listener[] => [
    listener('https', 443, {
      protocol: 'https',
      tls: required === undefined ? tls : { ...tls, clientCertificates: { ca, required } },
      virtualHosts: all,
    }),
  ];

  test('required: no certificate, no connection', () => {
    expect(answer(entered(https(true), known), at({}))).toBe('refused 0');
    expect(answer(entered(https(true), known), at({ path: '/%2f' }))).toBe('refused 0');
    expect(answer(entered(https(true), known), at({ from: 'spiffe://any.example/client' }))).toBe(passes);
  });

  test('not required', () => {
    expect(answer(entered(https(false), known), at({}))).toBe('refused 403');
    expect(answer(entered(https(false), known), at({ from: 'shop/web' }))).toBe(passes);
  });

  test('not asked for: callers have no identity, as on a listener for http', () => {
    expect(answer(entered(https(undefined), known), at({ from: 'shop/web' }))).toBe('refused 403');
    expect(answer(entered(plain, known), at({ from: 'shop/web' }))).toBe('refused 403');
  });

  test("a rule's `from` sees the identity", () => {
    const mine = virtualHost('*', rule({ matches: [match({ from: [spiffe('shop/web')] })] }));
    const ir = entered([
      listener('https', 443, {
        protocol: 'https',
        tls: { ...tls, clientCertificates: { ca, required: false } },
        virtualHosts: [mine],
      }),
    ]);
    expect(answer(ir, at({ from: 'shop/web' }))).toBe(passes);
    expect(answer(ir, at({}))).toBe('unroutable 404');
  });

  test('a redirect on an https listener has the scheme https by default', () => {
    const gone = virtualHost('*', rule({ action: redirect({ path: { type: 'replaceFull', value: '/n' } }) }));
    const ir = entered([listener('https', 443, { protocol: 'https', tls, virtualHosts: [gone] })]);
    expect(ask(ir, at({ host: 'a.example:443' }))).toMatchObject({ location: 'https://a.example/n' });
  });
});

describe('behind the gateway', () => {
  test('"a service sees the gateway as its caller: Access must let `{gateway: public}` in"', () => {
    const guarded = (from: string): Ir =>
      entered(plain, {}, [service('shop/reviews', { access: access(allow({ from: [spiffe(from)] })) })]);
    expect(answer(guarded('shop/public'), at({}))).toBe(passes);
    expect(answer(guarded('shop/web'), at({ from: 'shop/web' }))).toBe('refused 403');
  });

  test('it proves its identity if mTLS is strict', () => {
    expect(answer(entered(plain, {}, [service('shop/reviews', { mtls: 'strict' })]), at({}))).toBe(passes);
  });

  test('"`exposeTo` counts a gateway as of its own namespace"', () => {
    const exposed = (...exposeTo: readonly string[]): string =>
      answer(entered(plain, {}, [service('shop/reviews', { exposeTo })]), at({}));
    expect(exposed('shop', 'ops')).toBe(passes);
    expect(exposed('ops')).toBe('unroutable 404');
  });

  test('a backend that is not exposed to the gateway is a refused share beside an exposed one', () => {
    const both = rule({
      action: forward({ backends: [backend({ weight: 3 }), backend({ service: 'ops/hidden' })] }),
    });
    const services = [service('shop/reviews'), service('ops/hidden', { exposeTo: ['ops'] })];
    const ir = entered([listener('http', 80, { virtualHosts: [virtualHost('*', both)] })], {}, services);
    expect(answer(ir, at({}))).toBe('forwarded shop/reviews@* 0.75, refused 0.25');
  });

  test('the backend checks the token again, and with `forward: false` receives none', () => {
    const backendChecks = service('shop/reviews', { authentication: authentication({ required: true }) });
    const token: Asked = { claims: { iss: 'https://staff.example' } };
    expect(answer(entered(plain, {}, [backendChecks]), at({}))).toBe('refused 401');
    expect(answer(entered(plain, { authentication: authentication() }, [backendChecks]), at(token))).toBe(
      passes,
    );
    const kept = authentication({ issuers: [issuer('staff', 'https://staff.example', { forward: false })] });
    expect(answer(entered(plain, { authentication: kept }, [backendChecks]), at(token))).toBe('refused 401');
  });

  test('headers that the gateway makes from claims reach the backend and its Access', () => {
    const claimed = authentication({
      issuers: [
        issuer('staff', 'https://staff.example', { claimHeaders: [{ header: 'x-sub', claim: 'sub' }] }),
      ],
    });
    const rules = access(
      allow({
        from: [{ type: 'anyone' }],
        to: [{ origin, headers: [header('x-sub', { type: 'exact', value: 'ann' })] }],
      }),
    );
    const ir = entered(plain, { authentication: claimed }, [service('shop/reviews', { access: rules })]);
    const token = { claims: { iss: 'https://staff.example', sub: 'ann' } };
    expect(forwarded(ir, at(token)).requestHeaders.set).toEqual([{ name: 'x-sub', value: 'ann' }]);
    expect(answer(ir, at({}))).toBe('refused 403');
  });
});

describe('listeners that are not HTTP', () => {
  const tls = [
    listener('tls', 443, {
      protocol: 'tls',
      virtualHosts: [
        virtualHost('a.example', rule({})),
        virtualHost(
          '*.b.example',
          rule({ action: forward({ backends: [backend({ service: 'shop/ratings' })] }) }),
        ),
      ],
    }),
  ];
  const services = [service('shop/reviews'), service('shop/ratings')];

  test('"tls (passed through, by SNI)"; no match closes the connection', () => {
    const ir = entered(tls, {}, services);
    expect(answer(ir, at({ sni: 'A.example' }))).toBe(passes);
    expect(answer(ir, at({ sni: 'x.b.example' }))).toBe('forwarded shop/ratings@* 1');
    expect(answer(ir, at({ sni: 'c.example' }))).toBe('unroutable 0');
    expect(answer(ir, { gateway: 'shop/public' })).toBe('unroutable 0');
  });

  test('tcp: any caller may connect', () => {
    const ir = entered([listener('db', 3306, { protocol: 'tcp', virtualHosts: all })]);
    expect(answer(ir, { gateway: 'shop/public' })).toBe(passes);
    expect(forwarded(ir, { gateway: 'shop/public' })).toMatchObject({ timeout: 0, tries: 1 });
  });

  test('access: "the connection is closed (0)"', () => {
    expect(answer(entered(tls, { access: access(deny({})) }, services), at({ sni: 'a.example' }))).toBe(
      'refused 0',
    );
  });
});
