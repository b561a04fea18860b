import type { Delivery, Surroundings } from './delivery.ts';
import type { Event } from './event.ts';
import { gate } from './gate.ts';
import { late, stopped, unheard } from './outcomes.ts';
import type { RunProgress } from './run-progress.ts';
import { watchedAt, withRecorded } from './watched.ts';

/** The parts of a run that `confirm` needs. */
export type Confirmed = Pick<RunProgress, 'steps' | 'seen' | 'started' | 'recorded' | 'outcome'>;

/** Asks every proxy if it has accepted the revision in force, for a run that has no stage to write. */
export async function* confirm<T extends Confirmed>(
  { name, target, output }: Pick<Delivery, 'name' | 'target' | 'output'>,
  now: T,
  around: Surroundings,
): AsyncGenerator<Event, T & Pick<RunProgress, 'accepted'>> {
  const step = now.steps.at(-1);
  if (step === undefined) return now;
  const acceptance = output.acceptance(target);
  const watched = withRecorded(watchedAt(acceptance, step, undefined, now), now.recorded);
  const received = yield* gate(
    { target: name, acceptance, watched, drained: false, isLast: true, isRepeated: true, known: now.seen },
    around,
  );
  const reached = { ...now, seen: new Set([...now.seen, ...received.seen]) };
  switch (received.state) {
    case 'interrupted':
      return { ...reached, outcome: stopped(around.signal) };
    case 'rejected':
      return { ...reached, outcome: late(received.message, true) };
    case 'late':
      return { ...reached, outcome: late(received.message, true, received.gone) };
    case 'accepted':
      return received.silent.size > 0
        ? { ...reached, outcome: unheard(received.silent, true) }
        : { ...reached, accepted: received.reports };
  }
}
