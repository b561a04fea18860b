import { canonicalJson } from '../../lib/canonical-json.ts';
import { sha256 } from '../../lib/sha256.ts';
import type { FileChange, ObjectChange, TargetPlan } from '../../plan/plan.ts';
import { absent } from '../../plan/saved-plan.ts';
import type { Revision } from '../../revision/revision.ts';
import type { ObjectOrder } from '../../targets/target.ts';
import { addedFields } from './added-fields.ts';
import { appliedBy } from './owned-fields.ts';
import type { ClusterPlan } from './plan-cluster.ts';
import { objectsByRef } from './plan-for.ts';
import { notAsked } from './plan-objects.ts';
import { waveNumbers } from './waves.ts';
import { whyNot } from './why-not.ts';
import { withoutNoise } from './without-noise.ts';

/**
 * Returns the plan of a target from the plan of its cluster; obstacles to an apply are among the plan's files. Objects
 * with fields that another manager than `manager` has put beside ours are among those that are left.
 */
export function targetPlan(
  { changes, left: unwanted, observed, wanted }: ClusterPlan,
  manager: string,
  before: Pick<Revision, 'artifacts'> | undefined,
  next: Pick<Revision, 'artifacts'>,
  order: ObjectOrder | undefined,
  inventory: number,
): TargetPlan {
  const [was, will] = [objectsByRef(before?.artifacts ?? []), objectsByRef(next.artifacts)];
  const waveOf = waveNumbers(was, will, order);
  const left = [...unwanted, ...extended(wanted, observed.live, manager)];
  const objects = changes.map((change): ObjectChange => {
    const { op, ref, fields, estimate } = change;
    const [origin] = (will.get(ref) ?? was.get(ref))?.origins ?? [];
    return {
      op,
      ref,
      wave: waveOf(ref),
      ...(estimate !== undefined && estimate !== notAsked && { estimate }),
      ...(fields && { fields: fields.map(({ at: _, ...field }) => field) }),
      ...(origin && { origin: { file: origin.file, line: origin.line, column: origin.column } }),
    };
  });
  return {
    certificates: [],
    restarts: [],
    objects: objects.sort((a, b) => a.wave - b.wave || (a.ref < b.ref ? -1 : 1)),
    files: changes.flatMap((change): readonly FileChange[] => {
      const found = whyNot(change, (will.get(change.ref) ?? was.get(change.ref))?.origins);
      if (found === undefined) return [];
      const { why, ways, isRefused } = found;
      const more = { ...(ways.length > 0 && { ways }), ...(isRefused && { isRefused: true as const }) };
      return [{ op: 'conflict', path: change.ref, why, ...more }];
    }),
    ...(left.length > 0 && { left }),
    inventory,
    digestOf: (ref) => {
      const live = observed.live.get(ref);
      if (live === undefined) return absent;
      return sha256(`${live.metadata.uid ?? ''} ${canonicalJson(withoutNoise(live))}`);
    },
  };
}

function extended(
  wanted: ClusterPlan['wanted'],
  live: ClusterPlan['observed']['live'],
  manager: string,
): ClusterPlan['left'] {
  return wanted.flatMap(({ ref, manifest }) => {
    const present = live.get(ref);
    // An object of somebody else is a conflict, or its fields are those of an adoption.
    if (present === undefined || appliedBy(present, manager) === undefined) return [];
    return addedFields(present, manifest, manager).map(({ path, manager: who }) => ({
      ref,
      why: `${JSON.stringify(who)} has added ${path}, which the spec does not have and an apply leaves in place: remove it by hand if it should not hold`,
    }));
  });
}
