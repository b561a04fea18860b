import { describe, expect, test } from 'vitest';
import { notHitless } from '../../../src/core/access-change/not-hitless.ts';
import { type AccessOrder, objectsBetween } from '../../../src/core/access-change/objects-between.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { decide } from '../../../src/core/semantics/decide.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
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

const to = (value: string) => [{ origin, paths: [{ type: 'exact', value }] as const }];

interface Shop {
  /** The path that the Route writes; without it the path stays. */
  readonly rewritten?: string;
  readonly allowed?: readonly string[];
  readonly denied?: readonly string[];
}

function shop({ rewritten, allowed = [], denied = [] }: Shop): Ir {
  const action = forward({
    backends: [backend({ service: 'shop/pay' })],
    ...(rewritten !== undefined && { rewrite: { origin, path: { type: 'replaceFull', value: rewritten } } }),
  });
  return mesh({
    services: [
      service('shop/web', { ports: [] }),
      service('shop/pay', {
        ports: [port('http', 80, { route: route(rule({ action })) })],
        access: access(
          ...['/always', ...allowed].map((path) => allow({ from: [spiffe('shop/web')], to: to(path) })),
          ...denied.map((path) => deny({ to: to(path) })),
        ),
      }),
    ],
  });
}

const asked = (path: string): Request => ({
  from: { type: 'service', id: 'shop/web' },
  to: { type: 'service', id: 'shop/pay' },
  method: 'GET',
  path,
  headers: [],
});

/** Returns for each mesh on the way whether it lets a request through. */
function on(old: Ir, next: Ir, order: AccessOrder, path: string): readonly boolean[] {
  return objectsBetween(old, next, order).map((ir) => decide(ir, asked(path)).outcome === 'forwarded');
}

/** Returns the paths and reasons of the requests that the order doesn't keep. */
function strays(old: Ir, next: Ir, order: AccessOrder): readonly (readonly [string | undefined, string])[] {
  return notHitless(old, next, order).map(({ request, why }) => [request?.path, why.split(',')[0] ?? '']);
}

// The Route begins to write /new, which only the new rules allow: the old rules allow /old.
const old = shop({ allowed: ['/old'] });
const moved = shop({ allowed: ['/new'], rewritten: '/new' });

describe('a Route and an Access that change together', () => {
  test('are kept where rules of both meshes stand around the change of routes', () => {
    expect(strays(old, moved, 'rules of both')).toEqual([]);
  });

  test('refuse requests on the way where rules come last, or change both ways', () => {
    const lost = [['/old', 'both meshes let it through']];
    expect(strays(old, moved, 'rules last')).toEqual(lost);
    expect(strays(old, moved, 'looser rules first')).toEqual(lost);
    expect(on(old, moved, 'rules last', '/old')).toEqual([false]);
  });

  test('refuse requests on the way where rules come first', () => {
    expect(strays(old, moved, 'rules first')).toEqual([['/old', 'both meshes let it through']]);
  });

  test('are kept where looser rules come first and only loosen', () => {
    const wider = shop({ allowed: ['/old', '/new'], rewritten: '/new' });
    expect(strays(old, wider, 'looser rules first')).toEqual([]);
    expect(strays(old, wider, 'rules last')).toEqual([['/old', 'both meshes let it through']]);
  });

  test('let a request in on the way that neither mesh lets in, where rules of the other routes stand', () => {
    // Before, everything arrives as /x, which is not allowed; after, only what is sent to /x arrives so.
    const [was, will] = [shop({ rewritten: '/x', allowed: ['/y'] }), shop({ allowed: ['/x', '/y'] })];
    expect(strays(was, will, 'looser rules first')).toEqual([['/', 'neither mesh lets it through']]);
  });
});

test('a deny that goes lets callers in before routes change, and one that comes refuses them after', () => {
  const [free, denied] = [shop({ allowed: ['/a'] }), shop({ allowed: ['/a'], denied: ['/a'] })];
  const routed = (ir: Ir): Ir => ({ ...ir, egress: 'allow' });
  expect(on(denied, routed(free), 'looser rules first', '/a')).toEqual([true, true]);
  expect(on(free, routed(denied), 'looser rules first', '/a')).toEqual([true, true]);
});

test('rules of a gateway and of a service behind it may be written in either order', () => {
  const behind = (entering: string, allowed: string): Ir => {
    const action = forward({ backends: [backend({ service: 'shop/pay' })] });
    const any = (path: string) => access(allow({ from: [{ type: 'anyone' }], to: to(path) }));
    const web = listener('web', 80, { virtualHosts: [virtualHost('*', rule({ action }))] });
    return mesh({
      services: [service('shop/pay', { ports: [port('http', 80)], access: any(allowed) })],
      gateways: [gateway('shop/public', [web], { access: any(entering) })],
    });
  };
  const [was, will] = [behind('/a', '/b'), behind('/b', '/a')];
  for (const order of ['rules first', 'rules last', 'looser rules first'] as const)
    expect(strays(was, will, order)).toEqual([['/a', 'neither mesh lets it through']]);
});

test('Access that changes alone keeps every request in every order', () => {
  const [was, will] = [shop({ allowed: ['/a'] }), shop({ allowed: ['/b'], denied: ['/always'] })];
  for (const order of ['rules first', 'rules last', 'looser rules first', 'rules of both'] as const)
    expect(strays(was, will, order)).toEqual([]);
});
