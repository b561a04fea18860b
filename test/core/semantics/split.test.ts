import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { Forward } from '../../../src/core/ir/route.ts';
import type { Version } from '../../../src/core/ir/service.ts';
import { answer, ask, forwarded } from './ask.ts';
import {
  access,
  allow,
  backend,
  external,
  forward,
  line,
  match,
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

const ratings = service('shop/ratings');

function routed(action: Partial<Forward>, versions: readonly Version[] = [version('v1'), version('v2')]): Ir {
  const only = route(rule({ action: forward(action) }));
  const asked = service('shop/reviews', { ports: [port('http', 9080, { route: only })], versions });
  return mesh({
    services: [asked, ratings, service('shop/closed', { access: access(allow({ from: [spiffe('x/y')] })) })],
  });
}

describe('no Route: "requests go to all versions alike"', () => {
  const plain = (...versions: readonly Version[]): Ir =>
    mesh({ services: [service('shop/reviews', { versions })] });

  test('"where no endpoints are declared the answer is share 1 of version `*`"', () => {
    expect(answer(plain(version('v1'), version('v2')))).toBe('forwarded shop/reviews@* 1');
  });

  test('"every instance the same chance"', () => {
    expect(answer(plain(version('v1', 3), version('v2', 1)))).toBe(
      'forwarded shop/reviews@v1 0.75, shop/reviews@v2 0.25',
    );
  });

  test('a version without instances gets no requests', () => {
    expect(answer(plain(version('v1', 2), version('v2', 0)))).toBe('forwarded shop/reviews@v1 1');
  });

  test('"unroutable 503: no endpoints, where these are declared"', () => {
    expect(answer(plain(version('v1', 0), version('v2', 0)))).toBe('unroutable 503');
  });
});

describe('backends', () => {
  test('"weights are relative (default 1)"', () => {
    const backends = [backend({ version: 'v1', weight: 90 }), backend({ version: 'v2', weight: 10 })];
    expect(answer(routed({ backends }))).toBe('forwarded shop/reviews@v1 0.9, shop/reviews@v2 0.1');
    const alike = [backend({ version: 'v1' }), backend({ version: 'v2' })];
    expect(answer(routed({ backends: alike }))).toBe('forwarded shop/reviews@v1 0.5, shop/reviews@v2 0.5');
    const thirds = [backend({ version: 'v1', weight: 3 }), backend({ version: 'v2', weight: 1 })];
    expect(answer(routed({ backends: thirds }))).toBe('forwarded shop/reviews@v1 0.75, shop/reviews@v2 0.25');
  });

  test('"zero gets nothing"', () => {
    const backends = [backend({ version: 'v1', weight: 0 }), backend({ version: 'v2', weight: 10 })];
    expect(answer(routed({ backends }))).toBe('forwarded shop/reviews@v2 1');
  });

  test('"unroutable 503: all weights zero"', () => {
    const backends = [backend({ version: 'v1', weight: 0 }), backend({ version: 'v2', weight: 0 })];
    expect(answer(routed({ backends }))).toBe('unroutable 503');
  });

  test('a backend of all versions and one of a single version add up', () => {
    const backends = [backend({}), backend({ version: 'v2' })];
    expect(answer(routed({ backends }, [version('v1', 1), version('v2', 1)]))).toBe(
      'forwarded shop/reviews@v1 0.25, shop/reviews@v2 0.75',
    );
  });

  test('"no endpoints, where these are declared": a version without any, alone and beside another', () => {
    const versions = [version('v1', 1), version('v2', 0)];
    expect(answer(routed({ backends: [backend({ version: 'v2' })] }, versions))).toBe('unroutable 503');
    const both = [backend({ version: 'v1', weight: 3 }), backend({ version: 'v2', weight: 1 })];
    expect(answer(routed({ backends: both }, versions))).toBe('forwarded shop/reviews@v1 0.75, refused 0.25');
  });

  test('another service: it keeps everything except its Route', () => {
    expect(answer(routed({ backends: [backend({ service: 'shop/ratings' })] }))).toBe(
      'forwarded shop/ratings@* 1',
    );
  });

  test('"a backend\'s own Route is not asked"', () => {
    const elsewhere = route(rule({ action: redirect({ host: 'x.example' }) }));
    const ir = mesh({
      services: [
        service('shop/reviews', {
          ports: [
            port('http', 9080, {
              route: route(rule({ action: forward({ backends: [backend({ service: 'shop/other' })] }) })),
            }),
          ],
        }),
        service('shop/other', { ports: [port('http', 9080, { route: elsewhere })] }),
      ],
    });
    expect(answer(ir)).toBe('forwarded shop/other@* 1');
  });

  test('an External has no versions', () => {
    const only = route(rule({ action: forward({ backends: [backend({ service: 'shop/pay' })] }) }));
    const ir = mesh({
      services: [service('shop/reviews', { ports: [port('http', 9080, { route: only })] })],
      externals: [external('shop/pay')],
    });
    expect(answer(ir)).toBe('forwarded shop/pay@* 1');
  });
});

describe('"where all fail in different ways the largest share\'s failure is the outcome, of equal ones that with the lowest status: the order of the list never matters"', () => {
  const empty = service('shop/empty', { versions: [version('v1', 0)] });
  const closed = service('shop/closed', { access: access(allow({ from: [spiffe('x/y')] })) });
  const split = (...backends: readonly (readonly [string, number])[]): string => {
    const action = forward({ backends: backends.map(([id, weight]) => backend({ service: id, weight })) });
    const asked = service('shop/reviews', {
      ports: [port('http', 9080, { route: route(rule({ action })) })],
    });
    return answer(mesh({ services: [asked, empty, closed] }));
  };

  test.each([
    [
      [
        ['shop/empty', 1],
        ['shop/closed', 1],
      ],
      'refused 403',
    ],
    [
      [
        ['shop/closed', 1],
        ['shop/empty', 1],
      ],
      'refused 403',
    ],
    [
      [
        ['shop/empty', 2],
        ['shop/closed', 1],
      ],
      'unroutable 503',
    ],
    [
      [
        ['shop/closed', 1],
        ['shop/empty', 2],
      ],
      'unroutable 503',
    ],
    [
      [
        ['shop/closed', 2],
        ['shop/empty', 3],
        ['shop/closed', 2],
      ],
      'refused 403',
    ],
  ] as const)('%j: %s', (backends, expected) => expect(split(...backends)).toBe(expected));
});

describe('"with backends in several services it is `refused` when all refuse; otherwise the refused share is named"', () => {
  test('some refuse', () => {
    const backends = [
      backend({ service: 'shop/ratings', weight: 3 }),
      backend({ service: 'shop/closed', weight: 1 }),
    ];
    expect(answer(routed({ backends }))).toBe('forwarded shop/ratings@* 0.75, refused 0.25');
  });

  test('all refuse', () => {
    expect(answer(routed({ backends: [backend({ service: 'shop/closed' })] }))).toBe('refused 403');
  });

  test('a weight of zero neither refuses nor accepts requests', () => {
    const closed = backend({ service: 'shop/closed', weight: 0 });
    expect(forwarded(routed({ backends: [backend({}), closed] })).refusedShare).toBeUndefined();
    const onlyClosed = [backend({ weight: 0 }), backend({ service: 'shop/closed' })];
    expect(answer(routed({ backends: onlyClosed }))).toBe('refused 403');
  });
});

describe('rules', () => {
  const first = rule({
    origin: line(10),
    name: 'first',
    matches: [match({ path: { type: 'prefix', value: '/a' } })],
    action: { type: 'respond', origin, status: 201, body: 'one' },
  });
  const second = rule({
    origin: line(20),
    matches: [match({ path: { type: 'prefix', value: '/a/b' } })],
    action: { type: 'respond', origin, status: 202, body: 'two' },
  });
  const third = rule({ origin: line(30), matches: [match({ path: { type: 'prefix', value: '/c' } })] });
  const ir = mesh({
    services: [
      service('shop/reviews', { ports: [port('http', 9080, { route: route(first, second, third) })] }),
    ],
  });

  test('"first match wins, in this order"', () => {
    expect(ask(ir, { path: '/a/b' })).toMatchObject({ outcome: 'responded', status: 201, body: 'one' });
    expect(answer(ir, { path: '/c' })).toBe('forwarded shop/reviews@* 1');
  });

  test('"a request that no rule matches gets 404"', () => {
    expect(answer(ir, { path: '/d' })).toBe('unroutable 404');
  });

  test('the deciding rule is named with its line', () => {
    expect(ask(ir, { path: '/a/b' }).decidedBy[0]).toMatchObject({ file: 'mesh.yaml', line: 10, column: 3 });
    expect(ask(ir, { path: '/c' }).decidedBy[0]).toMatchObject({ line: 30 });
  });
});
