import { type BuiltTarget, contextOf } from '../../core/compile.ts';
import type { Arms, NoArms } from '../../core/evidence/arms.ts';
import type { Ir } from '../../core/ir/ir.ts';
import type { Rollout } from '../../core/ir/rollout.ts';
import type { ServiceId } from '../../core/ir/service-id.ts';
import type { CompiledTrust } from '../../core/targets/target.ts';
import type { Wanted } from '../delivery/plan-deliveries.ts';
import type { Counted } from './read-evidence.ts';

/** The counters of a Rollout's services in its targets, and the reasons why some can't be counted. */
export interface CountedArms {
  readonly arms: readonly Counted[];
  readonly why: readonly string[];
}

/** Returns how the proxies of each target count the arms of a Rollout. */
export function countedArms(rollout: Rollout, wanted: readonly Wanted[]): CountedArms {
  const arms: Counted[] = [];
  const why: string[] = [];
  for (const { config, target, next } of wanted)
    for (const service of rollout.services) {
      const found = armsOf(rollout, service, next.ir, { config, target }, next.trust);
      if ('why' in found) why.push(found.why);
      else arms.push({ service, target: config.name, arms: found });
    }
  return { arms, why: [...new Set(why)] };
}

/** Returns how the proxies of a target count the arms of one service. */
export function armsOf(
  { from, to, judge, strategy }: Rollout,
  service: ServiceId,
  ir: Ir,
  built: Pick<BuiltTarget, 'config' | 'target'>,
  trust?: CompiledTrust,
): Arms | NoArms {
  const question = {
    service,
    baseline: from,
    candidate: to,
    bad: judge.bad,
    ...(judge.latency && { slowAbove: judge.latency.max }),
    copies: strategy === 'shadow',
  };
  const why = `target ${built.config.name} does not say how its proxies count requests`;
  return built.target.arms?.(ir, question, contextOf(built, trust)) ?? { why };
}
