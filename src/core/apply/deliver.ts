import { PortError } from '../../ports/port-error.ts';
import type { HistoryOutcome } from '../history/entry.ts';
import { addToJournal, isOpenOutcome } from '../history/journal.ts';
import { Ledger } from '../history/ledger.ts';
import type { State } from '../history/state.ts';
import { acceptanceOf } from './acceptance-of.ts';
import type { Walk } from './beginning.ts';
import type { Surroundings } from './delivery.ts';
import type { Event, Outcome } from './event.ts';
import { finishedEntry } from './finished-entry.ts';
import { broken } from './outcomes.ts';
import type { Prepared } from './prepare.ts';
import { tidy } from './tidy.ts';
import { walk } from './walk.ts';

/**
 * Carries the prepared run of one target out. Where a proxy rejects a stage everything goes back to where it was;
 * whatever else ends the run leaves proxies with the last whole revision, and the journal says where.
 */
export async function* deliver(prepared: Prepared, around: Surroundings): AsyncGenerator<Event, Outcome> {
  const walked = yield* walk(prepared, around);
  try {
    const outcome = await confirmed(prepared, walked);
    await finish(prepared, { ...walked, outcome }, around);
    return outcome;
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    // What can't be recorded any more is found by whoever resumes: the journal is still open.
    const { outcome } = walked;
    return outcome.result === 'succeeded' ? broken(error, true) : outcome;
  }
}

/** Records that a run which was prepared isn't begun, for a reason that lies elsewhere; what can't be recorded stays open. */
export async function abandon(
  { delivery, entry, state }: Prepared,
  { result, cause }: Outcome,
  { clock }: Surroundings,
): Promise<void> {
  const { directory, epoch } = delivery;
  const at = clock.now().toISOString();
  const outcome = result as HistoryOutcome;
  const why = cause === undefined ? {} : { cause: cause.message };
  try {
    const ledger = new Ledger(directory);
    await ledger.writeState(heldAs(state, delivery, outcome));
    if (entry) {
      const end = { finished: at, outcome, wave: 0, ...why };
      await ledger.writeEntry(finishedEntry(entry, end));
    }
    await addToJournal(directory, epoch, { type: 'end', outcome, at });
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
  }
}

/** Whether proxies still read what was written last: after the last switch nobody else may have been here. */
async function confirmed({ delivery }: Prepared, { outcome, steps }: Walk): Promise<Outcome> {
  const last = steps.at(-1);
  if (outcome.result !== 'succeeded' || last === undefined) return outcome;
  const link = await delivery.directory.linkTarget('config/current');
  if (link === `../revisions/${last.name}`) return outcome;
  const message = `config/current points to ${JSON.stringify(link ?? 'nothing')}, not to what was written: someone else writes there`;
  return { result: 'incomplete', cause: { code: 6, message } };
}

async function finish(
  { delivery, way, state, entry, from }: Prepared,
  walked: Walk,
  around: Surroundings,
): Promise<void> {
  const { directory, epoch } = delivery;
  const ledger = new Ledger(directory);
  const { outcome, steps, wave } = walked;
  const at = around.clock.now().toISOString();
  const result = outcome.result as HistoryOutcome;
  const applied = outcome.result === 'succeeded' && entry ? { applied: entry.id } : {};
  const reached: State = {
    ...state,
    ...applied,
    proxies: seenProxies(state, walked, at, delivery),
    certificates: walked.secrets.kept,
  };
  const now = steps.at(-1);
  const owned = isOpenOutcome(result)
    ? undefined
    : await tidy(directory, ledger, reached, { now, before: from, epoch });
  await ledger.writeState({ ...heldAs(reached, delivery, result), ...(owned && { owned }) });
  if (entry) {
    const cause = outcome.cause === undefined ? {} : { cause: outcome.cause.message };
    const end = { finished: at, outcome: result, wave: way.stages.length === 0 ? 3 : wave, ...cause };
    await ledger.writeEntry(finishedEntry(entry, end));
  }
  const { accepted } = walked;
  const evidence =
    accepted && result === 'succeeded' ? { evidence: acceptanceOf(delivery).baselinesJson(accepted) } : {};
  await addToJournal(directory, epoch, { type: 'end', outcome: result, at, ...evidence });
}

/** A rollback that wrote nothing holds nothing. */
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
