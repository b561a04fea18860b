import { expect, test } from 'vitest';
import type { Ir } from '../../../src/core/ir/ir.ts';
import { compareMeshes } from '../../../src/core/reach/compare-meshes.ts';
import {
  access,
  allow,
  authentication,
  backend,
  forward,
  header,
  match,
  mesh,
  origin,
  port,
  route,
  rule,
  service,
} from '../semantics/mesh.ts';

const id = 'shop/pay';
const names = Array.from({ length: 40 }, (_, index) => `t${String(index)}`);

/** Returns a mesh whose Route has a timeout for each of many tenants. */
function tenants(timeoutOf: (name: string) => number): Ir {
  const rules = names.map((value) =>
    rule({
      matches: [match({ headers: [header('x-tenant', { type: 'exact', value })] })],
      action: forward({ timeout: timeoutOf(value), backends: [backend({ service: id })] }),
    }),
  );
  const rest = rule({ action: forward({ backends: [backend({ service: id })] }) });
  return mesh({ services: [service(id, { ports: [port('http', 80, { route: route(...rules, rest) })] })] });
}

test('of many values of a header that rules name, those are told that a change is about', () => {
  const { routing, unproved } = compareMeshes(
    tenants(() => 1),
    tenants((name) => (name === 't2' ? 2 : 1)),
  );
  expect(unproved).toEqual([]);
  expect(routing.map(({ conditions }) => [...conditions])).toEqual([
    [['the header x-tenant', { in: ['"t2"'], not: ['"t0"', '"t1"'] }]],
  ]);
  expect(routing[0]?.request.headers).toEqual([{ name: 'x-tenant', value: 't2' }]);
});

test('of many values of a claim that rules name, those are told that gain access', () => {
  const of = (roles: readonly string[]): Ir =>
    mesh({
      services: [
        service(id, {
          ports: [port('http', 80, { service: id })],
          authentication: authentication(),
          access: access(
            ...roles.map((role) =>
              allow({
                from: [{ type: 'anyone' }],
                when: [{ origin, claims: [{ path: ['role'], values: [role] }] }],
              }),
            ),
          ),
        }),
      ],
    });
  const { gained, lost, routing, unproved } = compareMeshes(of(names.slice(1)), of(names));
  expect([unproved, lost, routing]).toEqual([[], [], []]);
  const [{ conditions, request }] = gained as [(typeof gained)[number]];
  expect(conditions.get('the claim role')).toMatchObject({ in: ['t0'] });
  expect(request.claims).toMatchObject({ role: ['t0'] });
});
