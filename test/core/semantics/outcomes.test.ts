import { describe, expect, test } from 'vitest';
import type { Service } from '../../../src/core/ir/service.ts';
import { type Asked, answer, ask } from './ask.ts';
import {
  access,
  allow,
  authentication,
  backend,
  forward,
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

/**
 * "The first row that holds decides": tests a mesh in which every row holds for the same request, and the answers after
 * the first rows are removed one by one.
 */
describe('the table of outcomes, row by row', () => {
  const aborting = { origin, abort: { percent: 100, status: 418 } };
  const everything = {
    path: '/%2f',
    exposeTo: ['ops'],
    matched: false,
    fault: true,
    weight: 0,
    instances: 0,
    required: true,
    closed: true,
  };

  function decided(changes: Partial<typeof everything>): string {
    const now = { ...everything, ...changes };
    const action = forward({
      backends: [backend({ weight: now.weight })],
      ...(now.fault ? { fault: aborting } : {}),
    });
    const only = rule({
      matches: now.matched ? [] : [match({ path: { type: 'exact', value: '/never' } })],
      action,
    });
    const reviews: Partial<Omit<Service, 'settings'>> = {
      exposeTo: now.exposeTo,
      ports: [port('http', 9080, { route: route(only) })],
      versions: [version('v1', now.instances)],
      authentication: authentication({ required: now.required }),
      access: now.closed ? access(allow({ from: [spiffe('x/y')] })) : access(),
    };
    return answer(mesh({ services: [service('shop/reviews', reviews)] }), { path: now.path });
  }

  const steps: readonly (readonly [string, Partial<typeof everything>])[] = [
    ['refused 400', {}],
    ['unroutable 404', { path: '/' }],
    ['unroutable 404', { exposeTo: ['shop'] }],
    ['responded 418', { matched: true }],
    ['unroutable 503', { fault: false }],
    ['unroutable 503', { weight: 1 }],
    ['refused 401', { instances: 1 }],
    ['refused 403', { required: false }],
    ['forwarded shop/reviews@v1 1', { closed: false }],
  ];

  test.each(steps.map(([expected], index) => [index, expected] as const))(
    'step %i: %s',
    (index, expected) => {
      const changes = steps.slice(0, index + 1).map(([, change]) => change);
      expect(decided(Object.assign({}, ...changes) as Partial<typeof everything>)).toBe(expected);
    },
  );
});

describe('caller and place', () => {
  const ir = mesh({ services: [service('shop/reviews')] });
  const cases: readonly (readonly [string, Asked])[] = [
    ['unroutable 404', { to: 'shop/nobody' }],
    ['unroutable 404', { to: 'constructor' }],
    ['unroutable 404', { gateway: 'shop/nobody' }],
    ['refused 0', { from: 'shop/nobody' }],
    ['refused 0', { from: 'constructor' }],
  ];

  test.each(cases)('%s: %j', (expected, asked) => expect(answer(ir, asked)).toBe(expected));
});

test('every outcome names at least one line, except for a path that is unsafe in any mesh', () => {
  const reviews = service('shop/reviews', {
    ports: [port('http', 9080, { route: route(rule({ action: redirect({ host: 'a' }) })) })],
  });
  const ir = mesh({
    services: [reviews, service('shop/closed', { access: access(allow({ from: [spiffe('x/y')] })) })],
  });
  const asked: readonly Asked[] = [
    {},
    { host: 'nobody' },
    { to: 'shop/closed' },
    { from: 'anonymous' },
    { host: 'reviews:1' },
  ];
  for (const one of asked) expect(ask(ir, one).decidedBy.length).toBeGreaterThan(0);
  expect(ask(ir, { path: '/%2f' }).decidedBy).toEqual([]);
});
