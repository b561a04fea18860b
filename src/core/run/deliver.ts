import { PortError } from '../../ports/port-error.ts';
import { exit } from '../exit-code.ts';
import type { HistoryOutcome } from '../history/entry.ts';
import { addToJournal } from '../history/journal.ts';
import { Ledger } from '../history/ledger.ts';
import type { Surroundings } from './delivery.ts';
import type { Event, Outcome } from './event.ts';
import { finish, heldAs } from './finish.ts';
import { finishedEntry } from './finished-entry.ts';
import { broken } from './outcomes.ts';
import type { Prepared } from './prepare.ts';
import type { RunProgress } from './run-progress.ts';
import { walk } from './walk.ts';

/**
 * Carries out the prepared run of one target. If a proxy rejects a stage, the run returns to the revision in force at
 * its beginning. After any other failure proxies keep the last whole revision, which the journal names.
 */
export async function* deliver(prepared: Prepared, around: Surroundings): AsyncGenerator<Event, Outcome> {
  const walked = yield* walk(prepared, around);
  let { outcome } = walked;
  try {
    outcome = await confirmLastStep(prepared, walked);
    // Skip `finish`: the last step has recorded the end of the run.
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

/** Outcomes of runs that wrote nothing. */
const traceless: ReadonlySet<Outcome['result']> = new Set(['refused', 'interrupted', 'declined']);

/**
 * Records that a prepared run doesn't begin, for a reason outside its target. If recording fails, the run stays open.
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

/** Returns the outcome; it is `incomplete` if another run has put another step in force since. */
async function confirmLastStep({ delivery }: Prepared, { outcome, steps }: RunProgress): Promise<Outcome> {
  const last = steps.at(-1);
  if (!isWritten(outcome) || last === undefined) return outcome;
  const message = await delivery.output.whyNotInForce(last.mark);
  if (message === undefined) return outcome;
  return { result: 'incomplete', cause: { code: exit.locked, message } };
}

/** Returns true if the outcome says that everything is written, even if not every proxy has confirmed it. */
function isWritten({ result }: Outcome): boolean {
  return result === 'succeeded' || result === 'unconfirmed';
}
