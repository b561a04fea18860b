import { PortError } from '../../ports/port-error.ts';
import { exit } from '../exit-code.ts';
import type { HistoryOutcome } from '../history/entry.ts';
import { addToJournal } from '../history/journal.ts';
import { Ledger } from '../history/ledger.ts';
import type { Walk } from './beginning.ts';
import type { Surroundings } from './delivery.ts';
import type { Event, Outcome } from './event.ts';
import { finish, heldAs } from './finish.ts';
import { finishedEntry } from './finished-entry.ts';
import { broken } from './outcomes.ts';
import type { Prepared } from './prepare.ts';
import { walk } from './walk.ts';

/**
 * Carries out the prepared run of one target. If a proxy rejects a stage, the run goes back to the revision that it
 * began with. Any other failure leaves proxies with the last whole revision, and the journal says which.
 */
export async function* deliver(prepared: Prepared, around: Surroundings): AsyncGenerator<Event, Outcome> {
  const walked = yield* walk(prepared, around);
  let { outcome } = walked;
  try {
    outcome = await confirmLastStep(prepared, walked);
    // The step was written together with this end of its run.
    if (walked.isFinished === true && outcome.result === 'succeeded') return outcome;
    await finish(prepared, { ...walked, outcome }, around);
    if (!traceless.has(outcome.result)) await prepared.delivery.output.flush?.();
    return outcome;
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    // If the end can't be recorded, the next run finds the journal open.
    return isWritten(outcome) ? broken(error, true) : outcome;
  }
}

/** Outcomes of a run that wrote nothing. */
const traceless: ReadonlySet<Outcome['result']> = new Set(['refused', 'interrupted', 'declined']);

/**
 * Records that a prepared run isn't begun, for a reason outside this target. If recording fails, the run stays open.
 */
export async function abandon(
  { delivery, entry, state }: Prepared,
  { result, cause }: Outcome,
  { clock }: Surroundings,
): Promise<void> {
  const { store } = delivery.output;
  const at = clock.now().toISOString();
  const outcome = result as HistoryOutcome;
  const why = cause === undefined ? {} : { cause: cause.message };
  try {
    const ledger = new Ledger(store);
    await ledger.writeState(heldAs(state, delivery, outcome));
    if (entry) {
      const end = { finished: at, outcome, wave: 0, ...why };
      await ledger.writeEntry(finishedEntry(entry, end));
    }
    await addToJournal(store, delivery.epoch, { type: 'end', outcome, at });
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
  }
}

/** Returns the outcome; `incomplete` if the last step is no longer in force because another run wrote since. */
async function confirmLastStep({ delivery }: Prepared, { outcome, steps }: Walk): Promise<Outcome> {
  const last = steps.at(-1);
  if (!isWritten(outcome) || last === undefined) return outcome;
  const message = await delivery.output.whyNotInForce(last.mark);
  if (message === undefined) return outcome;
  return { result: 'incomplete', cause: { code: exit.locked, message } };
}

/** Returns true if everything is said to be written, whether or not each proxy has confirmed it. */
function isWritten({ result }: Outcome): boolean {
  return result === 'succeeded' || result === 'unconfirmed';
}
