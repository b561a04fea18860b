import type { Json } from '../../lib/json.ts';
import type { ObjectArtifact } from '../../targets/artifact.ts';
import type { ObjectOrder } from '../../targets/target.ts';
import type { ClusterPlan } from './plan-cluster.ts';
import type { PlannedObject } from './plan-objects.ts';
import type { TakenFields } from './taken-fields.ts';
import type { ObjectWrite } from './write-object.ts';

/** Writes that may run concurrently. */
export interface Wave {
  readonly number: number;
  readonly writes: readonly ObjectWrite[];
}

/** The objects before and after a change, by ref. */
export interface WaveObjects {
  readonly before: ReadonlyMap<string, ObjectArtifact>;
  readonly after: ReadonlyMap<string, ObjectArtifact>;
  /** The order of the target; if absent, creations and updates come before deletions. */
  readonly order?: ObjectOrder;
  /** Fields that are taken from other managers, by ref. */
  readonly take: TakenFields;
}

/** Returns the writes of a plan in waves, in order. The plan must not have conflicts or problems. */
export function wavesOf(plan: ClusterPlan, { before, after, order, take }: WaveObjects): readonly Wave[] {
  const waveOf = waveNumbers(before, after, order);
  const manifests = new Map(plan.wanted.map(({ ref, manifest }) => [ref, manifest]));
  const waves = new Map<number, ObjectWrite[]>();
  for (const change of plan.changes) {
    const write = writeOf(change, plan, manifests, take);
    if (write === undefined) continue;
    const number = waveOf(change.ref);
    const writes = waves.get(number) ?? [];
    writes.push(write);
    waves.set(number, writes);
  }
  return [...waves].sort(([a], [b]) => a - b).map(([number, writes]) => ({ number, writes }));
}

/** Returns the wave of each ref. An object that is in neither revision has no place in the order, and comes last. */
export function waveNumbers(
  before: ReadonlyMap<string, ObjectArtifact>,
  after: ReadonlyMap<string, ObjectArtifact>,
  order: ObjectOrder | undefined,
): (ref: string) => number {
  const waveOf = order?.([...before.values()], [...after.values()]) ?? plainOrder;
  return (ref) => {
    const [old, next] = [before.get(ref), after.get(ref)];
    return waveOf({ ...(old && { before: old }), ...(next && { after: next }) });
  };
}

function plainOrder({ after }: { readonly after?: ObjectArtifact }): number {
  return after === undefined ? 2 : 1;
}

function writeOf(
  { op, ref, conflicts }: PlannedObject,
  { observed }: ClusterPlan,
  manifests: ReadonlyMap<string, Json>,
  take: WaveObjects['take'],
): ObjectWrite | undefined {
  const live = observed.live.get(ref);
  if (op === 'delete' || op === 'release') return live && { op, ref, live };
  const manifest = manifests.get(ref);
  const taken = take.get(ref);
  if (manifest === undefined || (op === 'conflict' && (conflicts === undefined || taken === undefined)))
    return undefined;
  return { op: 'apply', ref, manifest, ...(live && { live }), ...(taken && { take: taken }) };
}
