import type { Rollout } from '../../ir/rollout.ts';
import type { JudgePolicy } from './judge-policy.ts';

/** Returns the judge's settings of a Rollout: seconds instead of milliseconds, and the meaning of its weights. */
export function policyOf({ judge, ...rollout }: Rollout): JudgePolicy {
  const { services, targets } = rollout;
  const isDivided = services.length * targets.length > 1;
  return {
    slo: judge.slo,
    ...(judge.latency && { latency: judge.latency }),
    custom: judge.custom.map(({ name, direction }) => ({ name, direction })),
    wrongRollback: judge.wrongRollback,
    wrongPromotion: judge.wrongPromotion,
    atLeast: judge.atLeast,
    steps: rollout.steps.map(({ weight, hold }) => ({ weight, hold: hold / 1000 })),
    pace: rollout.pace,
    affinity: rollout.affinity ?? 'none',
    share: shareOf(rollout),
    on: rollout.on,
    deadline: rollout.deadline / 1000,
    interval: judge.interval / 1000,
    parts: isDivided ? services.flatMap((service) => targets.map((target) => ({ service, target }))) : [],
  };
}

function shareOf({ strategy, match }: Pick<Rollout, 'strategy' | 'match'>): JudgePolicy['share'] {
  if (strategy === 'ab') return 'unchecked';
  if (strategy === 'shadow') return 'mirror';
  return match === undefined ? 'split' : 'at-least';
}
