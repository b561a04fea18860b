import { expect, test } from 'vitest';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { Forward } from '../../../src/core/ir/route.ts';
import { changedSettings } from '../../../src/core/reach/changed-settings.ts';
import { compareMeshes } from '../../../src/core/reach/compare-meshes.ts';
import { backend, forward, mesh, origin, port, route, rule, service } from '../semantics/mesh.ts';

const id = 'shop/reviews';

function of(parts: Partial<Forward>): Ir {
  const action = forward({ backends: [backend({ service: id })], ...parts });
  return mesh({ services: [service(id, { ports: [port('http', 80, { route: route(rule({ action })) })] })] });
}

test.each<readonly [string, Partial<Forward>]>([
  ['no fault', { fault: { origin } }],
  ['an abort of no request', { fault: { origin, abort: { status: 503, percent: 0 } } }],
  ['a delay of no request', { fault: { origin, delay: { duration: 1000, percent: 0 } } }],
  ['a mirror of no request', { mirrors: [{ origin, service: id, port: 'http', percent: 0 }] }],
])('a rule with %s means the same as one without', (_, parts) => {
  for (const [before, after] of [
    [of({}), of(parts)],
    [of(parts), of({})],
  ] as const) {
    expect(compareMeshes(before, after)).toEqual({
      gained: [],
      lost: [],
      routing: [],
      unproved: [],
      cut: [],
    });
    expect(changedSettings(before, after)).toEqual([]);
  }
});

test('a fault that some requests get is a change', () => {
  const { routing } = compareMeshes(of({}), of({ fault: { origin, abort: { status: 503, percent: 1 } } }));
  expect(routing).toHaveLength(1);
});
