import { defineMessages, finding } from '../../../diagnostics/message.ts';
import { parseDuration } from '../../../spec/duration.ts';
import { parsePercentage } from '../../../spec/percentage.ts';
import type { SpecObject } from '../../../spec/spec.ts';
import type { RolloutDocument } from '../../../spec/types.gen.ts';
import type { RolloutStep } from '../../rollout.ts';
import type { Linking } from '../linking.ts';
import { itemsOf, keyLocationOf, locationOf, originOfWritten } from '../spec-place.ts';

export const messages = defineMessages({
  MESH2376: {
    severity: 'error',
    text: 'the share {weight}% is not above the {before}% before it',
    explanation:
      'The shares of `to` rise from step to step. A pause at one share is its `hold`; a way back is what `on.fail` is for.',
  },
  MESH2377: {
    severity: 'error',
    text: 'the steps end at {weight}%, and a Rollout ends at 100%',
    explanation:
      'After the last step the new version serves alone. Add a step of 100%; with `require: approval` it begins when somebody agrees.',
  },
  MESH2378: {
    severity: 'error',
    text: 'with the strategy blue-green all requests change over at once, so there is one step, of 100%',
    explanation: 'Leave `steps` out, or use the strategy `canary` to go by smaller shares.',
  },
  MESH2379: {
    severity: 'error',
    text: 'the rollout takes at least {least}, and its deadline is {deadline}',
    explanation:
      'The holds of all steps add up, and the evidence for a promotion takes ten minutes at least (with `pace: evidence`). Raise the deadline, or shorten the holds.',
  },
});

/** The least time, in milliseconds, in which a candidate can be accepted: the judge needs ten distinct minutes. */
const leastEvidence = 600_000;

/** Returns the steps of a Rollout; a Rollout without steps has one step of 100 %. */
export function stepsOf(
  linking: Linking,
  { value: { spec } }: SpecObject<RolloutDocument>,
): readonly RolloutStep[] {
  if (spec.steps === undefined)
    return [{ origin: originOfWritten({ container: spec }), weight: 100, hold: 0, approval: false }];
  const steps = itemsOf(spec.steps).map(([written, at]): RolloutStep => {
    const origin = originOfWritten(at);
    if (typeof written !== 'object')
      return { origin, weight: parsePercentage(written), hold: 0, approval: false };
    const { weight, hold, require } = written;
    return {
      origin,
      weight: parsePercentage(weight),
      hold: hold === undefined ? 0 : parseDuration(hold),
      approval: require === 'approval',
    };
  });
  const at = (key: number) => locationOf({ container: spec.steps as object, key });
  for (const [index, { weight }] of steps.entries()) {
    const before = steps[index - 1]?.weight ?? 0;
    if (weight <= before) linking.report(finding(messages, 'MESH2376', at(index), { weight, before }));
  }
  const last = steps.length - 1;
  const weight = steps[last]?.weight ?? 0;
  if (spec.strategy === 'blue-green' && (steps.length > 1 || weight !== 100))
    linking.report(finding(messages, 'MESH2378', keyLocationOf({ container: spec, key: 'steps' }), {}));
  else if (weight !== 100) linking.report(finding(messages, 'MESH2377', at(last), { weight }));
  return steps;
}

/** Reports a deadline that is shorter than the rollout takes at least. */
export function reportDeadline(
  linking: Linking,
  { value: { spec } }: SpecObject<RolloutDocument>,
  steps: readonly RolloutStep[],
  deadline: number,
): void {
  const holds = steps.reduce((sum, { hold }) => sum + hold, 0);
  const last = steps.at(-1)?.hold ?? 0;
  // Acceptance comes before the last step, or at the end of the only step.
  const judged =
    steps.length > 1 ? Math.max(holds - last, leastEvidence) + last : Math.max(holds, leastEvidence);
  const least = spec.pace === 'fixed' ? holds : judged;
  if (least < deadline) return;
  const key = spec.deadline === undefined ? 'steps' : 'deadline';
  const values = { least: minutes(least), deadline: minutes(deadline) };
  linking.report(finding(messages, 'MESH2379', locationOf({ container: spec, key }), values));
}

function minutes(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const [whole, rest] = [Math.floor(seconds / 60), seconds % 60];
  return `${whole === 0 ? '' : `${String(whole)}m`}${rest === 0 && whole > 0 ? '' : `${String(rest)}s`}`;
}
