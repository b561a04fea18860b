import { expect, test } from 'vitest';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { Rule } from '../../../src/core/ir/route.ts';
import { compareMeshes } from '../../../src/core/reach/compare-meshes.ts';
import {
  backend,
  forward,
  gateway,
  listener,
  match,
  mesh,
  port,
  redirect,
  route,
  rule,
  service,
  virtualHost,
} from '../semantics/mesh.ts';

const web = service('shop/web');
const plain = (id: string) => service(id, { ports: [port('http', 80, { service: id })] });
const to = (id: string): Rule['action'] => forward({ backends: [backend({ service: id })] });
const at = (value: string, action: Rule['action']): Rule =>
  rule({ matches: [match({ path: { type: 'prefix', value } })], action });

/** Returns a mesh in which `web` calls `reviews`, by these rules. */
function inside(...rules: readonly Rule[]): Ir {
  const reviews = service('shop/reviews', { ports: [port('http', 80, { route: route(...rules) })] });
  return mesh({ services: [web, reviews, plain('shop/stock')] });
}

/** Returns a mesh with a gateway that follows these rules. */
function outside(...rules: readonly Rule[]): Ir {
  const hosts = [virtualHost('shop.example', ...rules)];
  return mesh({
    services: [web, plain('shop/reviews'), plain('shop/stock')],
    gateways: [
      gateway('shop/public', [listener('http', 80, { hostnames: ['shop.example'], virtualHosts: hosts })]),
    ],
  });
}

/** Returns the kinds of change from one mesh to the other, and the opposite. */
function kinds(before: Ir, after: Ir): readonly (readonly string[])[] {
  return [compareMeshes(before, after), compareMeshes(after, before)].map(
    ({ gained, lost, routing, unproved }) => {
      expect(unproved).toEqual([]);
      return [...new Set([...gained, ...lost, ...routing].map(({ kind }) => kind))];
    },
  );
}

const both = [['gained'], ['lost']];
const neither = [['routing'], ['routing']];
const reviews = to('shop/reviews');

test('a request that no rule took gains access if a rule forwards it', () => {
  expect(kinds(inside(at('/a', reviews)), inside(at('/a', reviews), at('/b', reviews)))).toEqual(both);
  expect(kinds(outside(at('/a', reviews)), outside(at('/a', reviews), at('/b', reviews)))).toEqual(both);
});

test('a request that the proxy answered gains access if it reaches an application', () => {
  expect(kinds(inside(at('/', redirect({ host: 'b.example' }))), inside(at('/', reviews)))).toEqual(both);
});

test('a gateway that leads to another application gives access to that one', () => {
  const [was, is] = [outside(at('/', reviews)), outside(at('/', to('shop/stock')))];
  // Both directions open an application to requests that did not reach it.
  expect(kinds(was, is)).toEqual([['gained'], ['gained']]);
  const shared = forward({
    backends: [backend({ service: 'shop/reviews' }), backend({ service: 'shop/stock' })],
  });
  expect(kinds(was, outside(at('/', shared)))).toEqual([['gained'], ['routing']]);
});

test('a service that is reached from inside decides itself, so another backend is routing', () => {
  expect(kinds(inside(at('/', reviews)), inside(at('/', to('shop/stock'))))).toEqual(neither);
});

test('a redirect elsewhere, or another status for what no application gets, is routing', () => {
  const moved = (host: string): Rule => at('/', redirect({ host }));
  expect(kinds(inside(moved('a.example')), inside(moved('b.example')))).toEqual(neither);
});

test('the id of gained access depends on the application that is reached', () => {
  const before = outside(at('/a', reviews));
  const ids = ['shop/reviews', 'shop/stock'].map((id) => {
    const [gained] = compareMeshes(before, outside(at('/a', reviews), at('/b', to(id)))).gained;
    return gained?.id;
  });
  expect(new Set(ids).size).toBe(2);
  expect(ids).not.toContain(undefined);
});
