import { expect, test } from 'vitest';
import type { Observed } from '../../../src/core/history/observed.ts';
import { objectChanges } from '../../../src/core/plan/object-changes.ts';
import { pruneGuards } from '../../../src/core/plan/prune-guards.ts';
import type { Artifact } from '../../../src/core/targets/artifact.ts';
import { handMade } from '../run/hand-made.ts';
import { origin } from '../semantics/mesh.ts';

const revision = handMade({ admin: 1, outbound: 2, clusters: {}, weights: {} });

function objects(count: number): readonly Artifact[] {
  return Array.from({ length: count }, (_, n) => ({
    type: 'object',
    kind: 'VirtualService',
    name: `v${n}`,
    namespace: 'shop',
    origins: [origin],
    manifest: { apiVersion: 'networking.istio.io/v1', kind: 'VirtualService' },
  }));
}

function guards(before: number, after: number, allowed?: number) {
  const [was, will] = [objects(before), objects(after)];
  const snapshot = { ...revision, artifacts: was };
  const observed = { current: before === 0 ? undefined : { snapshot } } as unknown as Observed;
  const plan = { certificates: [], restarts: [], files: [], objects: objectChanges(was, will) };
  return pruneGuards({ name: 'edge', observed, next: { ...revision, artifacts: will }, plan }, allowed);
}

// delivery.md: more than 30 % of an inventory without --allow-prune-percent N, and an empty desired set.
test.each([
  [100, 100, undefined, undefined],
  [100, 70, undefined, undefined],
  [100, 69, undefined, '--allow-prune-percent 31'],
  [1000, 699, undefined, '--allow-prune-percent 31'],
  [100, 69, 31, undefined],
  [100, 69, 30, '--allow-prune-percent 31'],
  [3, 2, undefined, '--allow-prune-percent 34'],
  [100, 0, undefined, '--allow-prune-percent 100'],
  [100, 0, 99, '--allow-prune-percent 100'],
  [100, 0, 100, undefined],
  [0, 5, undefined, undefined],
  [100, 69, 0, '--allow-prune-percent 31'],
])('from %s objects to %s with %s allowed', (before, after, allowed, way) => {
  const [guard] = guards(before, after, allowed);
  expect(guard?.allow).toBe(way);
  if (way !== undefined) expect(guard?.rule).toBe(after === 0 ? 'empty' : 'prune-percent');
});
