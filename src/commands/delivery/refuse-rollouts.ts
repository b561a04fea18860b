import type { Options } from '../../command-table/invocation.ts';
import { changedRollouts } from '../../core/canary/record/changed-rollouts.ts';
import { exit } from '../../core/exit-code.ts';
import type { Ir } from '../../core/ir/ir.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Wanted } from './plan-deliveries.ts';

/** Refuses (4) an apply that changes what an active Rollout judges, unless the Rollouts start again. */
export function refuseRollouts(
  ir: Ir,
  wanted: readonly Pick<Wanted, 'config' | 'rollouts'>[],
  { restartRollouts }: Options<'restartRollouts'>,
): readonly Refusal[] {
  if (restartRollouts) return [];
  const details = wanted.flatMap(({ config, rollouts = [] }) =>
    changedRollouts(ir, rollouts).map(
      ({ rollout, from, to, state }) =>
        `target ${config.name}: Rollout ${rollout} (${from} to ${to}) is ${state}; wait for its end, end it by mesh canary abort ${rollout}, or say --restart-rollouts: all goes back to ${from}, and a new attempt can begin`,
    ),
  );
  if (details.length === 0) return [];
  const message = 'the spec changes what a Rollout under way is judging';
  return [{ code: exit.refused, message, details }];
}
