import type { Json } from '../../../src/core/lib/json.ts';
import { finalInventory, type Inventory, memberOf } from '../../../src/core/outputs/kubernetes/inventory.ts';
import {
  type ClusterPlan,
  type ClusterRequest,
  planCluster,
} from '../../../src/core/outputs/kubernetes/plan-cluster.ts';
import { wavesOf } from '../../../src/core/outputs/kubernetes/waves.ts';
import type { ObjectResult } from '../../../src/core/outputs/kubernetes/write-object.ts';
import { writeWave } from '../../../src/core/outputs/kubernetes/write-wave.ts';
import { writtenByRef } from '../../../src/core/revision/object-ref.ts';
import type { ObjectArtifact } from '../../../src/core/targets/artifact.ts';
import type { Target } from '../../../src/core/targets/target.ts';
import type { Cluster } from '../../../src/ports/cluster.ts';

/** An inventory of the tests with what the last apply left. */
export function objectDelivery(cluster: Cluster, inventory: string, target: Target) {
  let members: Inventory = new Map();
  let before: ReadonlyMap<string, ObjectArtifact> = new Map();
  let written: ReadonlyMap<string, Json> = new Map();
  const set = `applyset-${inventory.replaceAll('/', '-')}-v1`;
  const manager = `mesh/${inventory}`;
  const plan = (
    objects: readonly ObjectArtifact[],
    ask: ClusterRequest['ask'],
    adopt: ReadonlySet<string> = new Set(),
  ): Promise<ClusterPlan> =>
    planCluster(cluster, {
      objects,
      ownership: { manager, set, members },
      owns: target.owns,
      written,
      adopt,
      ask,
    });
  return {
    set,
    manager,
    plan,
    apply: async (
      objects: readonly ObjectArtifact[],
      options: { adopt?: ReadonlySet<string>; take?: ReadonlyMap<string, ReadonlySet<string>> } = {},
    ): Promise<{ plan: ClusterPlan; results: ReadonlyMap<string, ObjectResult> }> => {
      const made = await plan(objects, 'changes', options.adopt);
      const after = writtenByRef(objects) as ReadonlyMap<string, ObjectArtifact>;
      const { order } = target;
      const waves = wavesOf(made, {
        before,
        after,
        ...(order && { order }),
        take: options.take ?? new Map(),
      });
      const results = new Map<string, ObjectResult>();
      const settings = { manager };
      for (const { writes } of waves)
        for (const [ref, result] of await writeWave(cluster, made.observed, writes, settings))
          results.set(ref, result);
      const live = new Map(made.observed.live);
      for (const [ref, result] of results) if (result.state === 'written') live.set(ref, result.live);
      const all = [...after].map(([ref, one]) => members.get(ref) ?? memberOf(ref, one));
      members = finalInventory(all, live, options.adopt ?? new Set());
      before = after;
      written = new Map(made.wanted.map(({ ref, manifest }) => [ref, manifest]));
      return { plan: made, results };
    },
  };
}

/** Returns the writes that failed, with their reasons. */
export function problemsOf(results: ReadonlyMap<string, ObjectResult>): unknown {
  return [...results].filter(([, { state }]) => state !== 'written' && state !== 'removed');
}
