import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { RouteMatch } from '../../../src/core/ir/match.ts';
import type { Rule } from '../../../src/core/ir/route.ts';
import { type Asked, answer, ask, forwarded } from './ask.ts';
import {
  access,
  allow,
  cors,
  header,
  match,
  mesh,
  origin,
  port,
  route,
  rule,
  service,
  spiffe,
} from './mesh.ts';

function ruled(...rules: readonly Rule[]): Ir {
  return mesh({
    services: [service('shop/reviews', { ports: [port('http', 9080, { route: route(...rules) })] })],
  });
}

function preflight(path: string, method = 'GET', from = 'https://a.example'): Asked {
  const headers = [
    ['origin', from],
    ['access-control-request-method', method],
  ] as const;
  return { method: 'OPTIONS', path, headers };
}

const api = match({ path: { type: 'prefix', value: '/api' }, methods: ['GET', 'POST'] });

/**
 * The page: "of the rules whose path and methods take what a preflight asks for, the first that has `cors`, or that asks for
 * nothing but path and methods, decides: it answers 200 if it has `cors` and allows the origin; otherwise the preflight is an
 * ordinary request. A later rule never answers for an origin that this one doesn't allow."
 */
describe('the rule that decides about a preflight', () => {
  const at = (value: string, more: Parameters<typeof match>[0] = {}): RouteMatch =>
    match({ path: { type: 'prefix', value }, ...more });
  const everyone = rule({ matches: [at('')], cors: cors({ allowOrigins: ['*'] }) });
  const admin = rule({ matches: [at('/admin')], cors: cors({ allowOrigins: ['https://admin.example'] }) });
  const ordinary = 'forwarded shop/reviews@* 1';

  test('a later rule never answers for an origin that the first does not allow', () => {
    const ir = ruled(admin, everyone);
    expect(answer(ir, preflight('/admin', 'DELETE', 'https://evil.example'))).toBe(ordinary);
    expect(answer(ir, preflight('/admin', 'DELETE', 'https://admin.example'))).toBe('responded 200');
    expect(answer(ir, preflight('/adminx', 'DELETE', 'https://evil.example'))).toBe('responded 200');
  });

  test('a rule without `cors` that has only conditions on path and methods decides', () => {
    const ir = ruled(rule({ matches: [at('/admin', { methods: ['GET'] })] }), everyone);
    expect(answer(ir, preflight('/admin', 'GET'))).toBe(ordinary);
    expect(answer(ir, preflight('/admin', 'PUT'))).toBe('responded 200');
    expect(answer(ruled(rule({}), everyone), preflight('/x'))).toBe(ordinary);
  });

  test.each([
    { headers: [header('x', { type: 'present', value: true })] },
    { query: [{ origin, name: 'x', match: { type: 'present', value: true } }] },
    { from: [spiffe('shop/web')] },
  ] as const)('a rule with other conditions does not: %j', (more) => {
    expect(answer(ruled(rule({ matches: [at('/admin', more)] }), everyone), preflight('/admin'))).toBe(
      'responded 200',
    );
  });

  test('a rule with `cors` decides, whatever other conditions it has', () => {
    const asking = { ...admin, matches: [at('/admin', { from: [spiffe('x/y')] })] };
    expect(answer(ruled(asking, everyone), preflight('/admin', 'GET', 'https://evil.example'))).toBe(
      ordinary,
    );
  });
});

describe('"it answers 200 if it has `cors` and allows the origin"', () => {
  const ir = ruled(
    rule({ matches: [match({ path: { type: 'exact', value: '/plain' } })] }),
    rule({
      matches: [api],
      cors: cors({
        allowMethods: ['GET', 'POST'],
        allowHeaders: ['x-a'],
        maxAge: 3600,
        allowCredentials: true,
      }),
    }),
    rule({
      matches: [match({ methods: ['OPTIONS'] })],
      action: { type: 'respond', origin, status: 204, body: '' },
    }),
  );

  test('the requested method counts, not OPTIONS', () => {
    expect(answer(ir, preflight('/api/x'))).toBe('responded 200');
    expect(answer(ir, preflight('/api/x', 'POST'))).toBe('responded 200');
  });

  test('with the headers of `cors`', () => {
    expect(ask(ir, preflight('/api/x'))).toMatchObject({
      responseHeaders: {
        set: [
          { name: 'access-control-allow-credentials', value: 'true' },
          { name: 'access-control-allow-headers', value: 'x-a' },
          { name: 'access-control-allow-methods', value: expect.stringMatching(/^GET, ?POST$/) as string },
          { name: 'access-control-allow-origin', value: 'https://a.example' },
          { name: 'access-control-max-age', value: '3600' },
        ],
      },
    });
  });

  test.each([
    ['another origin', preflight('/api/x', 'GET', 'https://b.example')],
    ['another path', preflight('/other')],
    ['another method', preflight('/api/x', 'DELETE')],
    [
      'no request method',
      { method: 'OPTIONS', path: '/api/x', headers: [['origin', 'https://a.example']] } as const,
    ],
    [
      'no origin',
      { method: 'OPTIONS', path: '/api/x', headers: [['access-control-request-method', 'GET']] } as const,
    ],
  ])('"others are ordinary requests": %s', (_, asked) => expect(answer(ir, asked)).toBe('responded 204'));

  test('"others are ordinary requests": not OPTIONS, whatever it asks for', () => {
    expect(answer(ir, { ...preflight('/api/x'), method: 'GET' })).toBe('forwarded shop/reviews@* 1');
  });

  test('it precedes access: the client answers', () => {
    const closed = service('shop/reviews', {
      ports: [port('http', 9080, { route: route(rule({ cors: cors({}) })) })],
      access: access(allow({ from: [spiffe('x/y')] })),
    });
    expect(answer(mesh({ services: [closed] }), preflight('/'))).toBe('responded 200');
    expect(answer(mesh({ services: [closed] }))).toBe('refused 403');
  });

  test('an unsafe path and an unknown host are decided before', () => {
    expect(answer(ir, preflight('/api%2fx'))).toBe('refused 400');
    expect(answer(ir, { ...preflight('/api/x'), host: 'nobody' })).toBe('unroutable 404');
  });

  test('a rule without conditions matches every path and method', () => {
    expect(answer(ruled(rule({ cors: cors({}) })), preflight('/x', 'BREW'))).toBe('responded 200');
  });

  test('"*" allows any origin', () => {
    expect(
      answer(
        ruled(rule({ cors: cors({ allowOrigins: ['*'] }) })),
        preflight('/x', 'GET', 'https://z.example'),
      ),
    ).toBe('responded 200');
  });
});

describe('the request itself', () => {
  const ir = ruled(rule({ cors: cors({ exposeHeaders: ['x-total'], allowMethods: ['GET'] }) }));

  test('from an allowed origin is answered with the origin and the exposed headers', () => {
    expect(forwarded(ir, { headers: [['origin', 'https://a.example']] }).responseHeaders.set).toEqual([
      { name: 'access-control-allow-origin', value: 'https://a.example' },
      { name: 'access-control-expose-headers', value: 'x-total' },
    ]);
  });

  test('from another origin or none is not', () => {
    expect(forwarded(ir, { headers: [['origin', 'https://b.example']] }).responseHeaders.set).toEqual([]);
    expect(forwarded(ir).responseHeaders.set).toEqual([]);
  });
});
