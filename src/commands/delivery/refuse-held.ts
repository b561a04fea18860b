import type { Options } from '../../command-table/invocation.ts';
import { exit } from '../../core/exit-code.ts';
import { holdGuards } from '../../core/plan/hold-guards.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { PlannedDelivery } from './plan-deliveries.ts';

/** Refuses (4) a run if a rollback holds an output and the spec compiles to another revision. */
export function refuseHeld(
  planned: readonly Pick<PlannedDelivery, 'name' | 'observed' | 'next'>[],
  options: Options<'releaseHold'>,
): readonly Refusal[] {
  const details = holdGuards(planned, options.releaseHold).map(
    ({ target, message, allow }) => `target ${target}: ${message}, or say ${allow}`,
  );
  if (details.length === 0) return [];
  return [
    {
      code: exit.refused,
      message: 'a rollback is in force, and the spec compiles to something else',
      details,
    },
  ];
}
