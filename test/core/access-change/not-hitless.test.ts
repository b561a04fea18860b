import { describe, expect, test } from 'vitest';
import { accessBetween } from '../../../src/core/access-change/access-between.ts';
import { notHitless } from '../../../src/core/access-change/not-hitless.ts';
import { isSafeInOneStep } from '../../../src/core/access-change/one-step.ts';
import type { AccessRule } from '../../../src/core/ir/access.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import {
  access,
  allow,
  backend,
  deny,
  forward,
  gateway,
  mesh,
  origin,
  port,
  route,
  rule,
  service,
  spiffe,
} from '../semantics/mesh.ts';

const web = spiffe('shop/web');
const path = (value: string): NonNullable<AccessRule['to']> => [
  { origin, paths: [{ type: 'exact', value }] },
];

/** Returns a mesh in which `web` calls `pay`; with `rewritten` a Route sends every request to the path `/x`. */
function shop(rewritten: boolean, ...allowed: readonly string[]): Ir {
  const action = forward({
    backends: [backend({ service: 'shop/pay' })],
    ...(rewritten && { rewrite: { origin, path: { type: 'replaceFull', value: '/x' } } }),
  });
  return mesh({
    services: [
      service('shop/web', { ports: [] }),
      service('shop/pay', {
        ports: [port('http', 80, { route: route(rule({ action })) })],
        access: access(...allowed.map((value) => allow({ from: [web], to: path(value) }))),
      }),
    ],
  });
}

describe('requests that no order keeps', () => {
  test('of a Route and an Access that change together: neither mesh lets them through, and the way does', () => {
    // Before, all requests arrive as /x, which is not allowed; after, only those to /x arrive so.
    const [old, next] = [shop(true, '/y'), shop(false, '/x')];
    const found = notHitless(old, next);
    expect(found).toHaveLength(1);
    const [{ request, why }] = found as [NonNullable<(typeof found)[number]>];
    expect(why).toContain('neither mesh lets it through');
    const asked = {
      from: { type: 'service', id: 'shop/web' },
      to: { type: 'service', id: 'shop/pay' },
    } as const;
    const sent = { ...asked, method: request?.method ?? '', path: request?.path ?? '', headers: [] };
    const { before } = accessBetween(old, next);
    expect([old, before, next].map((ir) => decide(ir, sent).outcome)).toEqual([
      'refused',
      'forwarded',
      'refused',
    ]);
  });

  test('there are none where Access alone changes, or routes alone', () => {
    expect(notHitless(shop(false, '/a'), shop(false, '/b'))).toEqual([]);
    expect(notHitless(shop(true, '/x'), shop(false, '/x'))).toEqual([]);
  });
});

describe('a change of Access is safe in one step', () => {
  test('at services, whatever it allows and takes', () => {
    expect(isSafeInOneStep(shop(false, '/a', '/b'), shop(false, '/b', '/c'))).toBe(true);
  });

  test('not with a change of routes, of ports without requests, or of two places that one call meets', () => {
    expect(isSafeInOneStep(shop(false, '/a'), shop(true, '/b'))).toBe(false);
    const tcp = (closed: boolean): Ir =>
      mesh({
        services: [
          service('shop/db', {
            ports: [port('sql', 5432, { protocol: 'tcp', service: 'shop/db' })],
            access: closed ? access(allow({ from: [web] })) : access(deny({ from: [web] })),
          }),
        ],
      });
    expect(isSafeInOneStep(tcp(true), tcp(false))).toBe(false);
    const both = (value: string): Ir => {
      const { services, ...rest } = shop(false, value);
      const guarded = gateway('shop/public', []);
      const entrance = { ...guarded, access: access(allow({ from: [web], to: path(value) })) };
      return { ...rest, services, gateways: { 'shop/public': entrance } };
    };
    expect(isSafeInOneStep(both('/a'), both('/b'))).toBe(false);
  });
});
