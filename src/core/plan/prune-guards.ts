import type { PlannedTarget } from './assemble-plan.ts';
import { writtenByRef } from './object-ref.ts';

/** A rule that a plan breaks, and what has to be said by hand for it to go on. */
export interface Guardrail {
  readonly rule: 'empty' | 'prune-percent';
  readonly target: string;
  readonly message: string;
  /** The option that allows it. */
  readonly allow: string;
}

/** The share of an inventory, in percent, that a plan may delete unasked. */
const most = 30;

/**
 * What a plan would delete that a mistake is likelier to explain than a wish: everything, or more than 30 % of what is
 * there. Counted on what the target did apply, never on what the spec has today.
 */
export function pruneGuards(
  { name, observed, next, plan }: PlannedTarget,
  allowed: number | undefined,
): readonly Guardrail[] {
  const there = writtenByRef(observed.current?.snapshot.artifacts ?? []).size;
  const deleted = plan.objects.filter(({ op }) => op === 'delete').length;
  if (there === 0 || deleted === 0) return [];
  const percent = (100 * deleted) / there;
  if (percent <= Math.max(most, allowed ?? 0)) return [];
  const all = writtenByRef(next.artifacts).size === 0;
  const needed = Math.min(100, Math.ceil(percent));
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
