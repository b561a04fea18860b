import { exit } from '../exit-code.ts';
import type { Delivery, Surroundings } from './delivery.ts';
import type { Event, Outcome } from './event.ts';
import { gate } from './gate.ts';
import type { Journaled } from './journaled.ts';
import type { RunProgress } from './run-progress.ts';
import { baselinesOf, watchedAt, withBaselines } from './watched.ts';

/**
 * Goes back through the stages of the run to the revision in force at its beginning. Undoes the rejected stage at once,
 * and each earlier stage once the proxies have accepted that the stage after it is undone.
 */
export async function* goBack(
  delivery: Delivery,
  rejected: RunProgress,
  reason: string,
  noted: Journaled,
  around: Surroundings,
): AsyncGenerator<Event, RunProgress> {
  const { name: target } = delivery;
  const acceptance = delivery.output.acceptance(delivery.target);
  if (rejected.steps.length < 2)
    return { ...rejected, outcome: incomplete(`${reason}; there is nothing to go back to`) };
  let now = rejected;
  while (now.steps.length > 1) {
    const steps = now.steps.slice(0, -1);
    const [left, step] = [now.steps.at(-1), steps[steps.length - 1]];
    if (step === undefined || left === undefined) break;
    const proxies = watchedAt(acceptance, step, left, now).filter(
      ({ id, seen }) => seen && !now.silent.has(id),
    );
    const watched = await withBaselines(acceptance, proxies, around);
    await noted('back', step.mark, () => delivery.output.goBack(step, left), baselinesOf(watched));
    yield { type: 'switch', target, stage: 'back', revision: step.mark, proxies: watched.length };
    now = { ...now, steps, wave: 0 };
    const received = yield* gate(
      { target, acceptance, watched, drained: false, isLast: false, isRepeated: true, known: now.seen },
      around,
    );
    if (received.state === 'accepted') {
      now = { ...now, silent: new Set([...now.silent, ...received.silent.keys()]) };
      continue;
    }
    const message = 'message' in received ? received.message : 'interrupted';
    const cause = { code: 8, message: `${reason}; going back was not confirmed: ${message}` } as const;
    return { ...now, outcome: { result: 'failed', cause } };
  }
  const unheard = now.silent.size === 0 ? '' : `, and no answer from ${[...now.silent].join(', ')}`;
  return { ...now, outcome: incomplete(`${reason}; gone back to what was in force${unheard}`) };
}

function incomplete(message: string): Outcome {
  return { result: 'incomplete', cause: { code: exit.incomplete, message } };
}
