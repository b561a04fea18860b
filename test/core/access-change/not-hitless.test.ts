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
  listener,
  mesh,
  origin,
  port,
  route,
  rule,
  service,
  spiffe,
  virtualHost,
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

  test('not with a change of routes or of ports without requests', () => {
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
  });

  test('at a gateway and a service behind it if no mixture of their rules lets other requests through', () => {
    const was = behind(['/a', '/b'], ['/a']);
    expect(isSafeInOneStep(was, behind(['/b', '/c'], ['/b']))).toBe(true);
    expect(isSafeInOneStep(was, behind(['/c'], ['/c', '/a']))).toBe(true);
  });

  test('not if such a mixture lets a request through that neither mesh does', () => {
    // The gateway takes /a and the service /b, and then the other way round: in between one of them may take both.
    expect(isSafeInOneStep(behind(['/a'], ['/b']), behind(['/b'], ['/a']))).toBe(false);
  });

  test('not if such a mixture takes requests to a service to which neither mesh takes them', () => {
    // Half of the requests go to each of two services, and one of these refuses them before and after.
    const [old, next] = [halves(['/a'], ['/a'], ['/a']), halves(['/a', '/b'], ['/a'], ['/a'])];
    expect(isSafeInOneStep(old, next)).toBe(true);
    expect(isSafeInOneStep(halves(['/a'], ['/a'], ['/b']), halves(['/b'], ['/b'], ['/a']))).toBe(false);
  });
});

function guarded(allowed: readonly string[]): ReturnType<typeof access> {
  return access(...allowed.map((value) => allow({ from: [{ type: 'anyone' }], to: path(value) })));
}

/** Returns a gateway that takes some paths, before the service `pay`, which takes some. */
function behind(entering: readonly string[], allowed: readonly string[]): Ir {
  const action = forward({ backends: [backend({ service: 'shop/pay' })] });
  const web80 = listener('web', 80, { virtualHosts: [virtualHost('*', rule({ action }))] });
  return mesh({
    services: [service('shop/pay', { ports: [port('http', 80)], access: guarded(allowed) })],
    gateways: [gateway('shop/public', [web80], { access: guarded(entering) })],
  });
}

/** Returns a gateway whose requests go to two services, half to each. */
function halves(entering: readonly string[], one: readonly string[], other: readonly string[]): Ir {
  const action = forward({ backends: [backend({ service: 'shop/one' }), backend({ service: 'shop/two' })] });
  const web80 = listener('web', 80, { virtualHosts: [virtualHost('*', rule({ action }))] });
  return mesh({
    services: [
      service('shop/one', { ports: [port('http', 80)], access: guarded(one) }),
      service('shop/two', { ports: [port('http', 80)], access: guarded(other) }),
    ],
    gateways: [gateway('shop/public', [web80], { access: guarded(entering) })],
  });
}
