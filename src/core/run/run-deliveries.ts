import { PortError } from '../../ports/port-error.ts';
import { type ExitCode, exit } from '../exit-code.ts';
import { countsOf } from '../plan/assemble-plan.ts';
import { abandon, deliver } from './deliver.ts';
import type { Delivery, Run, Surroundings } from './delivery.ts';
import type { Event, Outcome } from './event.ts';
import { broken, exitCodeOf } from './outcomes.ts';
import { type Prepared, prepare } from './prepare.ts';
import { recheck } from './recheck.ts';

/** The part of a run for one target; without `prepared` there is nothing to write. */
interface Part {
  readonly delivery: Delivery;
  readonly prepared?: Prepared;
}

/**
 * Carries out the plans of all targets. Records the intents of all targets before the first write, then carries out one
 * target after the other. The first target that does not succeed ends the run; the rest stays recorded and can be
 * resumed. At a target without changes the proxies are asked if they have accepted the revision in force.
 */
export async function* runDeliveries(
  deliveries: readonly Delivery[],
  run: Run,
  around: Surroundings,
): AsyncGenerator<Event, ExitCode> {
  const parts: Part[] = [];
  const unseen = new Set<string>();
  let outcome: Outcome = { result: 'unchanged' };
  try {
    for (const delivery of deliveries) {
      const prepared = await prepare(delivery, run);
      parts.push({ delivery, ...(prepared && { prepared }) });
    }
    outcome = yield* noting(each(parts, run, around), unseen);
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    outcome = broken(error, false);
    for (const { prepared } of parts) if (prepared) await abandon(prepared, outcome, around);
  }
  const exitCode = exitCodeOf(outcome, run.command);
  const ended = unseen.size === 0 ? outcome : { ...outcome, unseen: [...unseen].sort() };
  yield { type: 'end', outcome: ended, exitCode, counts: countsOf(deliveries.map(({ plan }) => plan)) };
  return exitCode;
}

/** Passes events on and collects the ids of proxies whose latest state is "no answer". */
async function* noting(
  events: AsyncGenerator<Event, Outcome>,
  unseen: Set<string>,
): AsyncGenerator<Event, Outcome> {
  for (;;) {
    const next = await events.next();
    if (next.done === true) return next.value;
    const event = next.value;
    if (event.type === 'proxy') {
      if (event.state === 'unseen') unseen.add(event.id);
      else unseen.delete(event.id);
    }
    yield event;
  }
}

async function* each(parts: readonly Part[], run: Run, around: Surroundings): AsyncGenerator<Event, Outcome> {
  let written = false;
  for (const [i, { delivery, prepared }] of parts.entries()) {
    const outcome = yield* prepared ? deliver(prepared, around) : recheck(delivery, run, around);
    written ||= outcome.result === 'succeeded';
    if (outcome.result === 'succeeded' || outcome.result === 'unchanged') continue;
    const wasWritten = written || (prepared !== undefined && outcome.result !== 'refused');
    const rest = parts.slice(i + 1).flatMap((part) => part.prepared ?? []);
    for (const other of rest) await abandon(other, leftOutcome(delivery.name, outcome, wasWritten), around);
    // If one target is written and another isn't, the run as a whole is half done.
    const half = outcome.result === 'refused' ? written : outcome.result === 'unconfirmed' && rest.length > 0;
    return half && wasWritten ? { ...outcome, result: 'incomplete' } : outcome;
  }
  return { result: written ? 'succeeded' : 'unchanged' };
}

/** Returns the outcome of the targets after one that did not succeed. */
function leftOutcome(target: string, outcome: Outcome, wasWritten: boolean): Outcome {
  if (!wasWritten) return { ...outcome, result: 'refused' };
  const message = `target ${target} came before and did not succeed`;
  return { result: 'incomplete', cause: { code: exit.incomplete, message } };
}
