import { PortError } from '../../ports.ts';
import type { ExitCode } from '../exit-code.ts';
import { countsOf } from '../plan/assemble-plan.ts';
import { abandon, deliver } from './deliver.ts';
import type { Delivery, Run, Surroundings } from './delivery.ts';
import type { Event, Outcome } from './event.ts';
import { broken, exitCodeOf } from './outcomes.ts';
import { type Prepared, prepare } from './prepare.ts';

/**
 * Carries out the plans of all targets. What each will do is recorded before the first write at any; then one comes
 * after the other, and the first that does not succeed ends the run: the rest stays recorded, to be resumed.
 */
export async function* runDeliveries(
  deliveries: readonly Delivery[],
  run: Run,
  around: Surroundings,
): AsyncGenerator<Event, ExitCode> {
  const prepared: Prepared[] = [];
  let outcome: Outcome = { result: 'unchanged' };
  try {
    for (const delivery of deliveries) {
      const one = await prepare(delivery, run);
      if (one) prepared.push(one);
    }
    outcome = yield* each(prepared, around);
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    outcome = broken(error, false);
    for (const one of prepared) await abandon(one, outcome, around);
  }
  const exitCode = exitCodeOf(outcome, run.command);
  yield { type: 'end', outcome, exitCode, counts: countsOf(deliveries.map(({ plan }) => plan)) };
  return exitCode;
}

async function* each(prepared: readonly Prepared[], around: Surroundings): AsyncGenerator<Event, Outcome> {
  let outcome: Outcome = { result: 'unchanged' };
  let written = false;
  for (const [i, one] of prepared.entries()) {
    outcome = yield* deliver(one, around);
    written ||= outcome.result === 'succeeded';
    if (outcome.result === 'succeeded') continue;
    const rest = prepared.slice(i + 1);
    const name = one.delivery.name;
    const wasWritten = written || outcome.result !== 'refused';
    const left: Outcome = wasWritten
      ? {
          result: 'incomplete',
          cause: { code: 8, message: `target ${name} came before and did not succeed` },
        }
      : outcome;
    for (const other of rest) await abandon(other, left, around);
    // One target is written and another is not: the run as a whole is half done.
    const half =
      (written && outcome.result === 'refused') || (rest.length > 0 && outcome.result === 'unconfirmed');
    return half ? { ...outcome, result: 'incomplete' } : outcome;
  }
  return outcome;
}
