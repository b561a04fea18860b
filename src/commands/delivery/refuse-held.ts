import type { Options } from '../../command-table/invocation.ts';
import { exit } from '../../core/exit-code.ts';
import { holdAgainst } from '../../core/history/hold.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { PlannedDelivery } from './plan-deliveries.ts';

/** Refuses (4) a run if a rollback holds an output and the spec compiles to another revision. */
export function refuseHeld(
  planned: readonly Pick<PlannedDelivery, 'name' | 'observed' | 'next'>[],
  options: Options<'releaseHold'>,
): readonly Refusal[] {
  const released = options.releaseHold;
  const details = planned.flatMap(({ name, observed, next }) => {
    const hold = holdAgainst(observed.state, next, released);
    if (hold === undefined) return [];
    return [
      `target ${name} is held at ${hold.entry} since ${hold.by} rolled back to it (${hold.since}): revert in Git what was rolled back, or say --release-hold ${hold.id}`,
    ];
  });
  if (details.length === 0) return [];
  return [
    {
      code: exit.refused,
      message: 'a rollback is in force, and the spec compiles to something else',
      details,
    },
  ];
}
