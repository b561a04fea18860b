import type { Rollout } from '../../core/ir/rollout.ts';
import type { Wanted } from '../delivery/plan-deliveries.ts';
import type { Counted } from './read-evidence.ts';

/** The counters of a Rollout's services in its targets, and the reasons why some can't be counted. */
export interface CountedArms {
  readonly arms: readonly Counted[];
  readonly why: readonly string[];
}

/** Returns how the proxies of each target count the arms of a Rollout. */
export function countedArms(rollout: Rollout, wanted: readonly Wanted[]): CountedArms {
  const { services, from, to, judge } = rollout;
  const arms: Counted[] = [];
  const why: string[] = [];
  for (const { config, target, next } of wanted)
    for (const service of services) {
      const question = {
        service,
        baseline: from,
        candidate: to,
        bad: judge.bad,
        ...(judge.latency && { slowAbove: judge.latency.max }),
      };
      const context = {
        version: config.version ?? target.versions.at(-1) ?? '',
        options: config.options,
        trust: next.trust?.bundles ?? {},
      };
      const found = target.arms?.(next.ir, question, context);
      if (found === undefined) why.push(`target ${config.name} does not say how its proxies count requests`);
      else if ('why' in found) why.push(found.why);
      else arms.push({ service, target: config.name, arms: found });
    }
  return { arms, why: [...new Set(why)] };
}
