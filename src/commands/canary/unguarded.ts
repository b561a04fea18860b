import { isWatching } from '../../core/canary/record/guard-sight.ts';
import { GuardSights } from '../../core/canary/record/guard-sights.ts';
import type { TargetOutput } from '../delivery/read-outputs.ts';

/**
 * Returns a clause that names an output without a guard; undefined if a guard has looked at each output within twice
 * its interval.
 */
export async function unguarded(outputs: readonly TargetOutput[], now: Date): Promise<string | undefined> {
  for (const { config, output } of outputs) {
    const sight = await new GuardSights(output.store).readNow();
    if (sight === undefined) return `no guard looks at target ${config.name}`;
    if (!isWatching(sight, now))
      return `the guard of target ${config.name} (${sight.by}) has not looked since ${sight.seen}`;
  }
  return undefined;
}
