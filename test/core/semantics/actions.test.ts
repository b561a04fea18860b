import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { Forward, Rule } from '../../../src/core/ir/route.ts';
import type { Port } from '../../../src/core/ir/service.ts';
import { type Asked, answer, ask, forwarded } from './ask.ts';
import {
  backend,
  external,
  forward,
  header,
  line,
  match,
  mesh,
  origin,
  port,
  redirect,
  route,
  rule,
  service,
  version,
} from './mesh.ts';

function ruled(parts: Partial<Rule>, protocol: Port['protocol'] = 'http'): Ir {
  const only = port('http', 9080, { protocol, route: route(rule(parts)) });
  return mesh({ services: [service('shop/reviews', { ports: [only] }), service('shop/ratings')] });
}

function sending(action: Partial<Forward>, rest: Partial<Rule> = {}): Ir {
  return ruled({ ...rest, action: forward(action) });
}

function location(ir: Ir, asked: Asked): string {
  const outcome = ask(ir, asked);
  return outcome.outcome === 'redirected' ? outcome.location : outcome.outcome;
}

describe('redirect: "what is left out stays as requested, query included; the old scheme\'s default port goes"', () => {
  const to = (parts: Parameters<typeof redirect>[0]): Ir => ruled({ action: redirect(parts) });

  test.each([
    [
      { path: { type: 'replaceFull', value: '/new' } },
      { path: '/old', query: 'a=b' },
      'http://reviews.shop/new?a=b',
    ],
    [{ host: 'new.example' }, { path: '/a/b' }, 'http://new.example/a/b'],
    [{ scheme: 'https' }, { host: 'reviews' }, 'https://reviews/'],
    [{ scheme: 'https' }, { host: 'reviews:9080' }, 'https://reviews:9080/'],
    [{ port: 8443 }, { host: 'reviews' }, 'http://reviews:8443/'],
    [{ port: 80 }, { host: 'reviews:9080' }, 'http://reviews/'],
    [{ scheme: 'https', port: 443 }, { host: 'reviews:9080' }, 'https://reviews/'],
    [{ scheme: 'https', port: 80 }, { host: 'reviews' }, 'https://reviews:80/'],
    [{ host: 'new.example' }, { host: 'reviews:9080' }, 'http://new.example:9080/'],
    [{ path: { type: 'replaceFull', value: '/n' } }, { path: '/x/../old' }, 'http://reviews.shop/n'],
    [{ scheme: 'https' }, { path: '/x/../old' }, 'https://reviews.shop/old'],
  ] as const)('%j for %j', (parts, asked, expected) => expect(location(to(parts), asked)).toBe(expected));

  test.each([
    ['prefix', '/a', '/x', '/a', '/x'],
    ['prefix', '/a', '/x', '/a/', '/x/'],
    ['prefix', '/a', '/x', '/a/b', '/x/b'],
    ['prefix', '/a', '/', '/a', '/'],
    ['prefix', '/a', '/', '/a/b', '/b'],
    ['prefix', '', '/x', '/b', '/x/b'],
    ['startsWith', '/a', '/x', '/ab', '/xb'],
    ['startsWith', '/a', '/x/', '/a/b', '/x/b'],
  ] as const)('replacePrefix, %s %j by %s: %s goes to %s', (type, value, by, path, expected) => {
    const ir = ruled({
      matches: [match({ path: { type, value } })],
      action: redirect({ path: { type: 'replacePrefix', value: by } }),
    });
    expect(location(ir, { path, query: 'q=1' })).toBe(`http://reviews.shop${expected}?q=1`);
  });

  test('the port 80 of a Host is dropped, since it is the default of http', () => {
    const only = port('http', 80, { route: route(rule({ action: redirect({ scheme: 'https' }) })) });
    const ir = mesh({ services: [service('shop/reviews', { ports: [only] })] });
    expect(location(ir, { host: 'reviews:80' })).toBe('https://reviews/');
  });

  test('"default status 302", or the written one', () => {
    expect(answer(to({ host: 'a' }))).toBe('redirected 302');
    expect(answer(to({ host: 'a', status: 308 }))).toBe('redirected 308');
  });
});

describe('respond', () => {
  test('status and body, and the response headers of the rule', () => {
    const ir = ruled({
      action: { type: 'respond', origin, status: 418, body: 'short and stout' },
      responseHeaders: { set: [{ name: 'x-a', value: '1' }], add: [], remove: [] },
    });
    expect(ask(ir)).toMatchObject({
      outcome: 'responded',
      status: 418,
      body: 'short and stout',
      responseHeaders: { set: [{ name: 'x-a', value: '1' }] },
    });
  });
});

describe('rewrite', () => {
  const prefixed = (prefix: string, value: string): Ir =>
    sending(
      { rewrite: { origin, path: { type: 'replacePrefix', value } } },
      { matches: [match({ path: { type: 'prefix', value: prefix } })] },
    );

  // Prefixes are stored without their trailing slash: '' is the prefix /.
  test.each([
    ['/a', '/x', '/a', '/x'],
    ['/a', '/x', '/a/', '/x/'],
    ['/a', '/x', '/a/b/c', '/x/b/c'],
    ['/a', '/x/', '/a/b', '/x/b'],
    ['/a', '/', '/a', '/'],
    ['/a', '/', '/a/', '/'],
    ['/a', '/', '/a/b', '/b'],
    ['', '/x', '/b', '/x/b'],
    ['', '/x', '/', '/x/'],
    ['', '/', '/b', '/b'],
  ])('replacePrefix of %j by %s: %s becomes %s', (prefix, value, path, expected) =>
    expect(forwarded(prefixed(prefix, value), { path }).rewritten.path).toBe(expected),
  );

  const starting = (start: string, value: string): Ir =>
    sending(
      { rewrite: { origin, path: { type: 'replacePrefix', value } } },
      { matches: [match({ path: { type: 'startsWith', value: start } })] },
    );

  test.each([
    ['/s', '/n', '/s', '/n'],
    ['/s', '/n', '/sxy', '/nxy'],
    ['/s', '/n', '/s/x', '/n/x'],
    ['/s', '/n/', '/sx', '/n/x'],
    ['/s', '/n/', '/s/x', '/n/x'],
    ['/s', '/n/', '/s', '/n/'],
    ['/s/', '/n/', '/s/x', '/n/x'],
    ['/s/', '/n', '/s/x', '/nx'],
    ['/s', '/', '/s', '/'],
    ['/s', '/', '/s/x', '/x'],
    ['/s', '/n', '/s../x', '/n../x'],
    ['/s', '/n/', '/s.../x', '/n/.../x'],
  ])(
    '"exchanges just that; slashes that would meet become one": %j by %s, %s becomes %s',
    (start, value, path, expected) =>
      expect(forwarded(starting(start, value), { path }).rewritten.path).toBe(expected),
  );

  test.each(['/s../admin', '/s..', '/s.', '/s./x', '/s%2e%2e/admin', '/s..;x/admin', '/s.;'])(
    '"a rest whose first segment is `.` or `..` is then refused (400)": %s',
    (path) => {
      expect(answer(starting('/s', '/n/'), { path })).toBe('refused 400');
      expect(answer(starting('/s', '/'), { path })).toBe('refused 400');
      expect(answer(starting('/s', '/n'), { path })).not.toBe('refused 400');
    },
  );

  test('the match that fits the request decides which prefix is replaced', () => {
    const matches = ['/a', '/long/b'].map((value) => match({ path: { type: 'prefix', value } }));
    const ir = sending({ rewrite: { origin, path: { type: 'replacePrefix', value: '/x' } } }, { matches });
    expect(forwarded(ir, { path: '/long/b/c' }).rewritten.path).toBe('/x/c');
    expect(forwarded(ir, { path: '/a/c' }).rewritten.path).toBe('/x/c');
  });

  test('replaceFull; the query stays', () => {
    const ir = sending({ rewrite: { origin, path: { type: 'replaceFull', value: '/x' } } });
    expect(forwarded(ir, { path: '/a/b', query: 'q=1' }).rewritten).toEqual({
      path: '/x?q=1',
      host: 'reviews.shop',
    });
  });

  test('host', () => {
    const ir = sending({ rewrite: { origin, host: 'reviews.internal' } });
    expect(forwarded(ir, { path: '/a' }).rewritten).toEqual({ path: '/a', host: 'reviews.internal' });
  });

  test('"paths are matched and passed on after normalisation"', () => {
    expect(forwarded(sending({}), { path: '/x/..//%61%20', query: 'q=%61' }).rewritten.path).toBe(
      '/a%20?q=%61',
    );
  });
});

describe('header changes', () => {
  test('are those of the rule', () => {
    const changes = {
      set: [{ name: 'x-mesh', value: '1' }],
      add: [{ name: 'x-b', value: '2' }],
      remove: ['x-debug'],
    };
    expect(forwarded(sending({ requestHeaders: changes })).requestHeaders).toEqual(changes);
    expect(forwarded(sending({}, { responseHeaders: changes })).responseHeaders).toEqual(changes);
  });

  test('"headers a match reads are those that the caller sent"', () => {
    const ir = sending(
      { requestHeaders: { set: [{ name: 'x-a', value: 'new' }], add: [], remove: [] } },
      { matches: [match({ headers: [header('x-a', { type: 'exact', value: 'old' })] })] },
    );
    expect(answer(ir, { headers: [['x-a', 'old']] })).toBe('forwarded shop/reviews@* 1');
    expect(answer(ir, { headers: [['x-a', 'new']] })).toBe('unroutable 404');
  });

  test('"response headers go on every answer that comes through the rule": on refusals too', () => {
    const responseHeaders = { set: [{ name: 'x-a', value: '1' }], add: [], remove: [] };
    const zero = sending({ backends: [backend({ weight: 0 })] }, { responseHeaders });
    expect(ask(zero)).toMatchObject({ status: 503, responseHeaders });
    const abort = sending({ fault: { origin, abort: { percent: 100, status: 500 } } }, { responseHeaders });
    expect(ask(abort)).toMatchObject({ status: 500, responseHeaders });
    const gone = ruled({ responseHeaders, action: redirect({ host: 'a' }) });
    expect(ask(gone)).toMatchObject({ status: 302, responseHeaders });
  });
});

describe('timeout and retries', () => {
  const retries = {
    origin: line(7),
    attempts: 2,
    perTryTimeout: 600,
    on: ['reset', 503] as const,
    backoff: 25,
    methods: ['GET'],
  };

  test('"tries (retries + 1)", per-try limit and what is tried again', () => {
    expect(forwarded(sending({ timeout: 2000, retries }))).toMatchObject({
      timeout: 2000,
      tries: 3,
      perTryTimeout: 600,
      retryOn: ['reset', 503],
    });
  });

  test('"a request that may not be retried has no per-try limit"', () => {
    expect(forwarded(sending({ retries }), { method: 'POST' })).toMatchObject({
      tries: 1,
      perTryTimeout: 0,
      retryOn: [],
    });
  });

  test('"methods: on grpc ports all"', () => {
    expect(forwarded(sending({ retries: { ...retries, methods: 'all' } }), { method: 'POST' }).tries).toBe(3);
  });

  test('"retries after the first try; default none"', () => {
    expect(forwarded(sending({}))).toMatchObject({ tries: 1, perTryTimeout: 0, retryOn: [] });
  });

  test('the deciding lines are named', () => {
    const { decidedBy } = forwarded(sending({ timeoutOrigin: line(5), retries }));
    expect(decidedBy).toEqual(
      expect.arrayContaining([
        { ...line(5), what: 'timeout' },
        { ...line(7), what: 'retries' },
      ]),
    );
  });
});

describe('fault: "listed, not decided: faults under 100 %"', () => {
  test('delay and abort are listed with their shares', () => {
    const fault = { origin, delay: { duration: 2000, percent: 1 }, abort: { percent: 0.1, status: 503 } };
    expect(forwarded(sending({ fault })).fault).toEqual({
      delay: { ms: 2000, share: 0.01 },
      abort: { status: 503, share: 0.001 },
    });
  });

  test('"an abort of 100 %" is decided: responded', () => {
    const fault = { origin, abort: { percent: 100, status: 418 } };
    expect(answer(sending({ fault }))).toBe('responded 418');
  });

  test('an abort of 100 % comes before "503: all weights zero"', () => {
    const fault = { origin, abort: { percent: 100, status: 418 } };
    expect(answer(sending({ fault, backends: [backend({ weight: 0 })] }))).toBe('responded 418');
  });

  test('a delay of 100 % changes no outcome', () => {
    const fault = { origin, delay: { duration: 50, percent: 100 } };
    expect(forwarded(sending({ fault })).fault).toEqual({ delay: { ms: 50, share: 1 } });
  });

  test('a gRPC status has HTTP status 200', () => {
    expect(ask(sending({ fault: { origin, abort: { percent: 100, grpcStatus: 14 } } }))).toMatchObject({
      outcome: 'responded',
      status: 200,
      responseHeaders: { set: [{ name: 'grpc-status', value: '14' }] },
    });
  });

  test('0 % is no fault', () => {
    const fault = { origin, delay: { duration: 50, percent: 0 }, abort: { percent: 0, status: 500 } };
    expect(forwarded(sending({ fault })).fault).toEqual({});
  });
});

describe('mirror', () => {
  const mirror = { origin, service: 'shop/reviews', port: 'http', percent: 5 };

  test('share and version; backends are split as without mirrors', () => {
    const ir = sending({ mirrors: [{ ...mirror, version: 'v2' }] });
    expect(forwarded(ir).mirrors).toEqual([
      { service: 'shop/reviews', version: 'v2', port: 'http', share: 0.05 },
    ]);
    expect(answer(ir)).toBe('forwarded shop/reviews@* 1');
  });

  test('a mirror without a version goes to all instances, if endpoints are declared', () => {
    const only = port('http', 9080, {
      route: route(rule({ action: forward({ mirrors: [{ ...mirror, percent: 100 }] }) })),
    });
    const versions = [version('v1', 1), version('v2', 3)];
    const ir = mesh({ services: [service('shop/reviews', { ports: [only], versions })] });
    expect(forwarded(ir).mirrors).toEqual([
      { service: 'shop/reviews', version: 'v1', port: 'http', share: 0.25 },
      { service: 'shop/reviews', version: 'v2', port: 'http', share: 0.75 },
    ]);
  });

  test('0 % and a version without instances get no copy', () => {
    const only = port('http', 9080, {
      route: route(
        rule({
          action: forward({
            backends: [backend({ version: 'v1' })],
            mirrors: [
              { ...mirror, version: 'v2' },
              { ...mirror, percent: 0 },
            ],
          }),
        }),
      ),
    });
    const ir = mesh({
      services: [service('shop/reviews', { ports: [only], versions: [version('v1', 1), version('v2', 0)] })],
    });
    expect(forwarded(ir).mirrors).toEqual([]);
  });
});

describe('rate limits: "listed, not decided"', () => {
  const limit = { origin, requests: 10, per: 1000, burst: 5 };
  const listed = { requests: 10, per: 1000, burst: 5 };

  test('"a rule\'s rateLimit counts at each routing proxy, beside the service\'s"', () => {
    const only = port('http', 9080, { route: route(rule({ action: forward({ rateLimit: limit }) })) });
    const settings = { rateLimit: { ...limit, requests: 100, scope: 'instance' as const } };
    const ir = mesh({ services: [service('shop/reviews', { ports: [only], settings })] });
    expect(forwarded(ir).rateLimited).toEqual([
      { at: 'rule', ...listed },
      { at: 'service', ...listed, requests: 100 },
    ]);
  });

  test('"a request without the `key` header isn\'t counted"', () => {
    const ir = sending({ rateLimit: { ...limit, keyHeader: 'x-user' } });
    expect(forwarded(ir).rateLimited).toEqual([]);
    expect(forwarded(ir, { headers: [['x-user', 'ann']] }).rateLimited).toEqual([{ at: 'rule', ...listed }]);
  });

  test('several versions of one service count once', () => {
    const backends = [backend({ version: 'v1' }), backend({ version: 'v2' })];
    const only = port('http', 9080, { route: route(rule({ action: forward({ backends }) })) });
    const settings = { rateLimit: { ...limit, scope: 'instance' as const } };
    const ir = mesh({
      services: [
        service('shop/reviews', { ports: [only], settings, versions: [version('v1'), version('v2')] }),
      ],
    });
    expect(forwarded(ir).rateLimited).toHaveLength(1);
  });

  // "`rateLimit` counts at each calling proxy (there is none at the server)"
  test('the limit of an External counts at the calling proxy', () => {
    const only = port('http', 9080, {
      route: route(rule({ action: forward({ backends: [backend({ service: 'shop/pay' })] }) })),
    });
    const pay = external('shop/pay');
    const settings = { ...pay.settings, rateLimit: { ...limit, scope: 'instance' as const } };
    const ir = mesh({
      services: [service('shop/reviews', { ports: [only] })],
      externals: [{ ...pay, settings }],
    });
    const { requests, per, burst } = limit;
    expect(forwarded(ir).rateLimited).toEqual([{ at: 'service', requests, per, burst }]);
  });
});
