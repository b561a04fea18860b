import type { Rollout } from '../../ir/rollout.ts';
import type { RolloutSpec } from '../../spec/types.gen.ts';
import { stepSeconds } from '../../targets/engine-step-seconds.ts';

/** A part of a Rollout that its engine has no words for. */
export interface EngineLoss {
  /** The field below `spec`. */
  readonly path: readonly (string | number)[];
  /** The behaviour of the engine in its place. */
  readonly instead: string;
}

/** Returns the written parts of a Rollout that its engine doesn't keep, in the order of the language. */
export function engineLosses(rollout: Rollout, spec: RolloutSpec): readonly EngineLoss[] {
  const { judge = {}, on = {} } = spec;
  const written = <T extends object>(
    container: T,
    path: string,
    of: Readonly<Partial<Record<keyof T, string>>>,
  ) =>
    Object.entries(of).flatMap(([key, instead]) =>
      key in container && typeof instead === 'string'
        ? [{ path: path === '' ? [key] : [path, key], instead }]
        : [],
    );
  return [
    ...timeLosses(rollout, spec),
    ...written(judge, 'judge', {
      ...(judge.source !== 'prometheus' && { source: 'its queries go to the Prometheus of the Mesh' }),
      interval: 'it measures once a minute',
      custom:
        'it compares a number with a threshold and never both versions, so custom metrics are not asked for',
      wrongRollback: 'no error is bounded',
      wrongPromotion: 'no error is bounded',
      atLeast: 'both versions are never compared',
    }),
    ...written(on, 'on', {
      ...(on.fail === 'hold' && { fail: 'a version that fails is rolled back' }),
      ...reactions(rollout, on),
      runnerLost: 'the engine is a controller, which its Deployment starts again',
    }),
    ...written(spec, '', {
      deadline: 'the rollout lasts as long as its steps and the pods take',
      maxWeightUnattended: 'the engine moves every weight without a watcher',
      order: 'each service has a rollout of its own, with its own end',
      hooks: 'nobody is told; the engine has alerts of its own',
    }),
  ];
}

/** Returns the reactions that the engine doesn't keep: without data Flagger rolls back, and Argo Rollouts pauses. */
function reactions(
  { engine }: Rollout,
  on: NonNullable<RolloutSpec['on']>,
): Readonly<Partial<Record<'inconclusive' | 'blind', string>>> {
  const keeps = engine === 'flagger' ? 'rollback' : 'hold';
  const instead =
    engine === 'flagger'
      ? 'no data is a failed check, and the third rolls back'
      : 'no data pauses the rollout';
  return {
    ...(on.inconclusive !== keeps && { inconclusive: instead }),
    ...(on.blind !== keeps && { blind: instead }),
  };
}

function timeLosses(rollout: Rollout, { steps = [] }: RolloutSpec): readonly EngineLoss[] {
  const seconds = stepSeconds(rollout);
  const [first = 0] = seconds;
  const holds = rollout.steps.filter(({ weight }) => weight < 100).map(({ hold }) => hold / 1000);
  if (steps.length === 0 || seconds.every((each, i) => each === holds[i])) return [];
  if (rollout.engine === 'flagger')
    return [{ path: ['steps'], instead: `each step lasts ${String(first)} s, whatever the evidence says` }];
  const guessed = rollout.steps.findIndex(({ hold, weight }) => weight < 100 && hold / 1000 !== seconds[0]);
  const times = seconds.map((each) => `${String(each)} s`).join(', ');
  return [
    { path: ['steps', Math.max(guessed, 0)], instead: `the steps last ${times}, whatever the evidence says` },
  ];
}
