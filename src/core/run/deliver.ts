import { PortError } from '../../ports/port-error.ts';
import { exit } from '../exit-code.ts';
import type { HistoryOutcome } from '../history/entry.ts';
import { addToJournal, isOpenOutcome, removeJournalsBefore } from '../history/journal.ts';
import { Ledger } from '../history/ledger.ts';
import { expired } from '../history/retention.ts';
import type { Owned, State } from '../history/state.ts';
import type { Kept } from '../outputs/output-driver.ts';
import type { Walk } from './beginning.ts';
import type { Surroundings } from './delivery.ts';
import type { Event, Outcome } from './event.ts';
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
  try {
    const outcome = await confirmed(prepared, walked);
    await finish(prepared, { ...walked, outcome }, around);
    return outcome;
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    // If the end can't be recorded, the next run finds the journal open.
    const { outcome } = walked;
    return outcome.result === 'succeeded' ? broken(error, true) : outcome;
  }
}

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
async function confirmed({ delivery }: Prepared, { outcome, steps }: Walk): Promise<Outcome> {
  const last = steps.at(-1);
  if (outcome.result !== 'succeeded' || last === undefined) return outcome;
  const message = await delivery.output.whyNotInForce(last.mark);
  if (message === undefined) return outcome;
  return { result: 'incomplete', cause: { code: exit.locked, message } };
}

async function finish(
  { delivery, way, state, entry, from }: Prepared,
  walked: Walk,
  around: Surroundings,
): Promise<void> {
  const { output, epoch } = delivery;
  const ledger = new Ledger(output.store);
  const { outcome, steps, wave } = walked;
  const at = around.clock.now().toISOString();
  const result = outcome.result as HistoryOutcome;
  const applied = outcome.result === 'succeeded' && entry ? { applied: entry.id } : {};
  const reached: State = {
    ...state,
    ...applied,
    proxies: seenProxies(state, walked, at, delivery),
    certificates: walked.material.kept,
  };
  const now = steps.at(-1);
  const owned = isOpenOutcome(result)
    ? undefined
    : await tidy(delivery, ledger, reached, { now, before: from });
  await ledger.writeState({ ...heldAs(reached, delivery, result), ...(owned && { owned }) });
  if (entry) {
    const cause = outcome.cause === undefined ? {} : { cause: outcome.cause.message };
    const end = {
      finished: at,
      outcome: result,
      wave: way.steps.length === 0 ? Number.POSITIVE_INFINITY : wave,
      ...cause,
    };
    await ledger.writeEntry(finishedEntry(entry, end));
  }
  const { accepted } = walked;
  const evidence =
    accepted && result === 'succeeded'
      ? { evidence: output.acceptance(delivery.target).baselinesJson(accepted) }
      : {};
  await addToJournal(output.store, epoch, { type: 'end', outcome: result, at, ...evidence });
}

/** Removes unused parts of the output, expired entries, and older journals; returns the parts that are ours now. */
async function tidy(
  { output, epoch }: Prepared['delivery'],
  ledger: Ledger,
  { owned = {}, applied }: State,
  kept: Kept,
): Promise<Owned> {
  const left = await output.tidy(owned, kept);
  await ledger.forget(expired(await ledger.entries(), applied), left.snapshots);
  await removeJournalsBefore(output.store, epoch);
  return left.owned;
}

/** Returns the state to record: a rollback that wrote nothing leaves the previous hold. */
function heldAs(state: State, { observed }: Prepared['delivery'], result: HistoryOutcome): State {
  if (result !== 'refused') return state;
  const { hold: _, ...rest } = state;
  const before = observed.state.hold;
  return { ...rest, ...(before && { hold: before }) };
}

function seenProxies(
  state: State,
  { seen }: Walk,
  at: string,
  { next, observed }: Prepared['delivery'],
): State['proxies'] {
  const ids = [...next.proxies, ...(observed.current?.snapshot.proxies ?? [])].map(({ id }) => id);
  const known = new Set(ids);
  const before = Object.entries(state.proxies).filter(([id]) => known.has(id));
  return Object.fromEntries([...before, ...[...seen].map((id) => [id, { seen: at }] as const)]);
}
