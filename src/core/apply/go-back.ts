import type { Walk } from './beginning.ts';
import type { Delivery, Surroundings } from './delivery.ts';
import type { Event } from './event.ts';
import { gate } from './gate.ts';
import { watchedAt, withReports } from './step.ts';
import type { Noted } from './walk.ts';
import { switchTo } from './write-stage.ts';

/** Goes back the way that the run came, at once for the stage that was rejected, then stage by stage to where it began. */
export async function* goBack(
  delivery: Delivery,
  rejected: Walk,
  reason: string,
  noted: Noted,
  around: Surroundings,
): AsyncGenerator<Event, Walk> {
  const { name: target } = delivery;
  const outcome = {
    result: 'incomplete',
    cause: { code: 8, message: `${reason}; gone back to what was in force` },
  } as const;
  let now: Walk = { ...rejected, outcome };
  if (now.steps.length < 2) {
    return {
      ...now,
      outcome: {
        result: 'incomplete',
        cause: { code: 8, message: `${reason}; there is nothing to go back to` },
      },
    };
  }
  while (now.steps.length > 1) {
    const steps = now.steps.slice(0, -1);
    const step = steps[steps.length - 1];
    if (step === undefined) return now;
    const proxies = watchedAt(step, now).filter(({ id, seen }) => seen && !now.silent.has(id));
    const watched = await withReports(proxies, around);
    await noted('back', step.name, () => switchTo(delivery, step.name));
    yield { type: 'switch', target, stage: 'back', revision: step.name, proxies: watched.length };
    now = { ...now, steps, wave: 0 };
    const received = yield* gate(target, watched, false, around);
    if (received.state === 'accepted') continue;
    const message = 'message' in received ? received.message : 'interrupted';
    return {
      ...now,
      outcome: {
        result: 'failed',
        cause: { code: 8, message: `${reason}; going back was not confirmed: ${message}` },
      },
    };
  }
  return now;
}
