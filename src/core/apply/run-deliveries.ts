import type { ExitCode } from '../exit-code.ts';
import { countsOf } from '../plan/assemble-plan.ts';
import { deliver } from './deliver.ts';
import type { Delivery, Run, Surroundings } from './delivery.ts';
import type { Event, Outcome } from './event.ts';
import { exitCodeOf } from './outcomes.ts';

/** Carries out the plans of all targets, one after the other; the first that does not succeed ends the run. */
export async function* runDeliveries(
  deliveries: readonly Delivery[],
  run: Run,
  around: Surroundings,
): AsyncGenerator<Event, ExitCode> {
  yield {
    type: 'start',
    command: run.command,
    tool: run.tool,
    revision: run.rollbackOf ?? run.commit ?? run.specDigest,
  };
  let outcome: Outcome = { result: 'unchanged' };
  let written = false;
  for (const delivery of deliveries) {
    const ended: Outcome = yield* deliver(delivery, run, around);
    written ||= ended.result === 'succeeded';
    if (ended.result !== 'unchanged') outcome = ended;
    if (ended.result !== 'unchanged' && ended.result !== 'succeeded') break;
  }
  // One target is written and another is not: the run as a whole is half done.
  if (written && outcome.result === 'refused') outcome = { ...outcome, result: 'incomplete' };
  const exitCode = exitCodeOf(outcome, run.command);
  yield { type: 'end', outcome, exitCode, counts: countsOf(deliveries.map(({ plan }) => plan)) };
  return exitCode;
}
