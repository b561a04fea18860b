import type { FileChange, ObjectChange, TargetPlan } from '../../plan/plan.ts';
import type { Revision } from '../../revision/revision.ts';
import type { ObjectOrder } from '../../targets/target.ts';
import type { ClusterPlan } from './plan-cluster.ts';
import { objectsByRef } from './plan-for.ts';
import type { PlannedObject } from './plan-objects.ts';
import { waveNumbers } from './waves.ts';

/** Returns a plan of a cluster as the plan of its target; what keeps an apply from going on stands among its files. */
export function targetPlan(
  { changes }: ClusterPlan,
  before: Pick<Revision, 'artifacts'> | undefined,
  next: Pick<Revision, 'artifacts'>,
  order: ObjectOrder | undefined,
  inventory: number,
): TargetPlan {
  const [was, will] = [objectsByRef(before?.artifacts ?? []), objectsByRef(next.artifacts)];
  const waveOf = waveNumbers(was, will, order);
  const objects = changes.map((change): ObjectChange => {
    const { op, ref, fields } = change;
    const [origin] = (will.get(ref) ?? was.get(ref))?.origins ?? [];
    return {
      op,
      ref,
      wave: waveOf(ref),
      ...(fields && { fields: fields.map(({ at: _, ...field }) => field) }),
      ...(origin && { origin: { file: origin.file, line: origin.line, column: origin.column } }),
    };
  });
  return {
    certificates: [],
    restarts: [],
    objects: objects.sort((a, b) => a.wave - b.wave || (a.ref < b.ref ? -1 : 1)),
    files: changes.flatMap(obstacleOf),
    inventory,
  };
}

function obstacleOf(change: PlannedObject): readonly FileChange[] {
  const why = whyNot(change);
  return why === undefined ? [] : [{ op: 'conflict', path: change.ref, why }];
}

/** Returns why an object can't be written, with the ways out; undefined if it can. */
export function whyNot({ op, ref, conflicts = [], problem }: PlannedObject): string | undefined {
  const [first] = conflicts;
  if (first !== undefined) {
    const all = conflicts.map(({ manager, field }) => `${field} is ${JSON.stringify(manager)}'s`).join(', ');
    return `${all}: let ${JSON.stringify(first.manager)} give up what it owns, or the spec no longer say it`;
  }
  if (problem === undefined) return undefined;
  return op === 'conflict' && problem.startsWith('it is there')
    ? `${problem}; --adopt ${ref} takes it over`
    : problem;
}
