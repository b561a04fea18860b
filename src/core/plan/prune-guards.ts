import type { Observed } from '../history/observed.ts';
import { writtenByRef } from '../revision/object-ref.ts';
import type { Revision } from '../revision/revision.ts';
import type { Guardrail, TargetPlan } from './plan.ts';

/** The percentage of an inventory that a plan may delete without an option. */
const most = 30;

/**
 * Returns the rules that a plan breaks by deleting everything, or more than 30 % of the inventory (or `allowed`, in
 * percent). The inventory is that of the revision in force, never that of the present spec.
 */
export function pruneGuards(
  { name, observed, next, plan }: Guarded,
  allowed: number | undefined,
): readonly Guardrail[] {
  const there = writtenByRef(observed.current?.snapshot.artifacts ?? []).size;
  const deleted = plan.objects.filter(({ op }) => op === 'delete').length;
  const needed = prunedPercent(deleted, there, allowed);
  if (needed === undefined) return [];
  const all = writtenByRef(next.artifacts).size === 0;
  return [
    {
      rule: all ? 'empty' : 'prune-percent',
      target: name,
      message: all
        ? `the spec asks for nothing at all: all ${there} objects would be deleted`
        : `${deleted} of ${there} objects would be deleted (${needed} %, and ${most} % are allowed unasked)`,
      allow: `--allow-prune-percent ${needed}`,
    },
  ];
}

/** Returns the percentage that has to be allowed for deleting so many objects; undefined if none has to be. */
export function prunedPercent(deleted: number, there: number, allowed = 0): number | undefined {
  if (there === 0 || deleted === 0) return undefined;
  const percent = (100 * deleted) / there;
  return percent <= Math.max(most, allowed) ? undefined : Math.min(100, Math.ceil(percent));
}

/** The parts of a planned target that guards look at. */
interface Guarded {
  readonly name: string;
  readonly observed: Pick<Observed, 'current'>;
  readonly next: Pick<Revision, 'artifacts'>;
  readonly plan: Pick<TargetPlan, 'objects'>;
}
