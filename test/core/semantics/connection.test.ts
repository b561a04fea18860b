import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { Service } from '../../../src/core/ir/service.ts';
import { answer, ask, forwarded } from './ask.ts';
import {
  access,
  allow,
  authentication,
  forward,
  mesh,
  origin,
  port,
  redirect,
  route,
  rule,
  service,
  spiffe,
  version,
} from './mesh.ts';

const passes = 'forwarded shop/reviews@* 1';
const foreign = 'spiffe://other.example/ns/shop/sa/web';
const federated = 'spiffe://partner.example/ns/shop/sa/web';
const stray = 'spiffe://shop.example/ns/shop/sa/stray';

function reviews(parts: Partial<Omit<Service, 'settings'>>): Ir {
  return mesh({ services: [service('shop/reviews', parts)] }, ['partner.example']);
}

describe('"refused 0: no certificate where mTLS is strict, one neither ours nor federated unless it is disabled"', () => {
  test.each([
    ['strict', 'anonymous', 'refused 0'],
    ['permissive', 'anonymous', passes],
    ['disabled', 'anonymous', passes],
    ['strict', foreign, 'refused 0'],
    ['permissive', foreign, 'refused 0'],
    ['disabled', foreign, passes],
    ['strict', federated, passes],
    ['permissive', federated, passes],
    ['strict', stray, passes],
    ['strict', 'spiffe://', 'refused 0'],
    ['strict', 'shop/web', passes],
    ['permissive', 'shop/web', passes],
    ['disabled', 'shop/web', passes],
  ] as const)('%s, %s: %s', (mtls, from, expected) =>
    expect(answer(reviews({ mtls }), { from })).toBe(expected),
  );
});

describe('the caller that the server sees', () => {
  const only = (from: Parameters<typeof spiffe>[0] | undefined): ReturnType<typeof access> =>
    access(allow({ from: [from === undefined ? { type: 'authenticated' } : spiffe(from)] }));

  test('"permissive (plain text too: no identity)"', () => {
    const ir = reviews({ mtls: 'permissive', access: only(undefined) });
    expect(answer(ir)).toBe(passes);
    expect(answer(ir, { from: federated })).toBe(passes);
    expect(answer(ir, { from: 'anonymous' })).toBe('refused 403');
  });

  test('"disabled (nobody has one)"', () => {
    expect(answer(reviews({ mtls: 'disabled', access: only(undefined) }))).toBe('refused 403');
    expect(answer(reviews({ mtls: 'disabled', access: only('shop/web') }))).toBe('refused 403');
    expect(answer(reviews({ mtls: 'disabled', access: access(allow({ from: [{ type: 'anyone' }] })) }))).toBe(
      passes,
    );
  });

  test('"principal = trust domain + namespace + service account": another domain is another caller', () => {
    expect(answer(reviews({ access: only('shop/web') }), { from: federated })).toBe('refused 403');
    const partner = access(allow({ from: [{ type: 'spiffe', id: federated }] }));
    expect(answer(reviews({ access: partner }), { from: federated })).toBe(passes);
  });

  test("the SPIFFE ID of a service's account means the service", () => {
    const gone = route(rule({ action: redirect({ host: 'x' }) }));
    const ir = reviews({ ports: [port('http', 9080, { route: gone })] });
    expect(answer(ir, { from: 'spiffe://shop.example/ns/shop/sa/web' })).toBe('redirected 302');
    expect(answer(ir, { from: stray })).toBe(passes);
  });
});

describe('"an anonymous caller inside the mesh has no proxy, so no Route: only the server\'s rows hold for it (400 comes after 0)"', () => {
  const limit = { origin, requests: 10, per: 1000, burst: 0, scope: 'instance' } as const;

  test('no Route applies: neither its answers nor its timeout, retries and rewrites', () => {
    const action = forward({ timeout: 100, rewrite: { origin, host: 'x' } });
    const ir = reviews({
      mtls: 'permissive',
      ports: [port('http', 9080, { route: route(rule({ action })) })],
    });
    expect(forwarded(ir, { from: 'anonymous' })).toMatchObject({
      timeout: 0,
      tries: 1,
      rewritten: { host: 'reviews.shop' },
    });
  });

  test('400 after 0', () => {
    const bad = { from: 'anonymous', path: '/a%2fb' };
    expect(answer(reviews({}), bad)).toBe('refused 0');
    expect(answer(reviews({ mtls: 'permissive' }), bad)).toBe('refused 400');
    expect(
      answer(reviews({ mtls: 'permissive', authentication: authentication({ required: true }) }), bad),
    ).toBe('refused 400');
  });

  test('401 and 403', () => {
    expect(
      answer(reviews({ mtls: 'permissive', authentication: authentication({ required: true }) }), {
        from: 'anonymous',
      }),
    ).toBe('refused 401');
    expect(
      answer(reviews({ mtls: 'permissive', access: access(allow({ from: [spiffe('shop/web')] })) }), {
        from: 'anonymous',
      }),
    ).toBe('refused 403');
  });

  test("it reaches an instance, and the service's rate limit counts", () => {
    const ir = mesh({
      services: [
        service('shop/reviews', {
          mtls: 'permissive',
          exposeTo: ['ops'],
          versions: [version('v1', 1), version('v2', 3)],
          settings: { rateLimit: limit },
        }),
      ],
    });
    expect(answer(ir, { from: 'anonymous' })).toBe('forwarded shop/reviews@v1 0.25, shop/reviews@v2 0.75');
    expect(forwarded(ir, { from: 'anonymous' }).rateLimited).toEqual([
      { at: 'service', requests: 10, per: 1000, burst: 0 },
    ]);
  });

  test('a connection without a listener fails', () => {
    expect(answer(reviews({ mtls: 'permissive' }), { from: 'anonymous', port: 9999 })).toBe('unroutable 0');
    expect(answer(reviews({ mtls: 'permissive' }), { from: 'anonymous', to: 'shop/nobody' })).toBe(
      'unroutable 0',
    );
    expect(answer(reviews({ mtls: 'permissive', versions: [version('v1', 0)] }), { from: 'anonymous' })).toBe(
      'unroutable 0',
    );
  });

  test('tls and tcp ports: the connection is closed', () => {
    const db = [port('db', 3306, { protocol: 'tcp' })];
    expect(answer(reviews({ mtls: 'permissive', ports: db }), { from: 'anonymous' })).toBe(passes);
    expect(
      answer(
        reviews({ mtls: 'permissive', ports: db, access: access(allow({ from: [spiffe('shop/web')] })) }),
        { from: 'anonymous' },
      ),
    ).toBe('refused 0');
  });
});

test('the line of the service whose mTLS refuses is named', () => {
  expect(ask(reviews({}), { from: 'anonymous' }).decidedBy).toEqual([
    { ...origin, what: 'mTLS of shop/reviews is strict' },
  ]);
});
