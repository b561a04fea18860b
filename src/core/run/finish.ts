import { expiredEvidence } from '../canary/record/expired-evidence.ts';
import { RolloutRecords } from '../canary/record/rollout-records.ts';
import type { HistoryOutcome } from '../history/entry.ts';
import { addToJournal, isOpenOutcome, removeJournalsBefore } from '../history/journal.ts';
import { Ledger } from '../history/ledger.ts';
import { expired } from '../history/retention.ts';
import type { Owned, State } from '../history/state.ts';
import type { Kept } from '../outputs/output-driver.ts';
import { certificateState } from './certificate-state.ts';
import type { Surroundings } from './delivery.ts';
import { finishedEntry } from './finished-entry.ts';
import type { Prepared } from './prepare.ts';
import type { RunProgress } from './run-progress.ts';

/** Records the end of a run: the state, the entry of history, and the last line of the journal. */
export async function finish(
  { delivery, way, state, entry, from }: Prepared,
  walked: RunProgress,
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
    ...(outcome.result === 'succeeded' && certificateState(delivery, walked.seen, at)),
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

/**
 * Removes unused parts of the output, expired entries and older journals; returns the parts that are ours from now on.
 */
async function tidy(
  { output, epoch }: Prepared['delivery'],
  ledger: Ledger,
  { owned = {}, applied }: State,
  kept: Kept,
): Promise<Owned> {
  const left = await output.tidy(owned, kept);
  const { store } = output;
  const records = await new RolloutRecords(store).all();
  await ledger.forget(expired(await ledger.entries(), applied), left.snapshots);
  for (const key of expiredEvidence(await store.list('evidence'), records))
    await store.remove(`evidence/${key}`);
  await removeJournalsBefore(store, epoch);
  return left.owned;
}

/** Returns the state to record; if a rollback wrote nothing, the state keeps the previous hold. */
export function heldAs(state: State, { observed }: Prepared['delivery'], result: HistoryOutcome): State {
  if (result !== 'refused') return state;
  const { hold: _, ...rest } = state;
  const before = observed.state.hold;
  return { ...rest, ...(before && { hold: before }) };
}

function seenProxies(
  state: State,
  { seen }: RunProgress,
  at: string,
  { next, observed }: Prepared['delivery'],
): State['proxies'] {
  const ids = [...next.proxies, ...(observed.current?.snapshot.proxies ?? [])].map(({ id }) => id);
  const known = new Set(ids);
  const before = Object.entries(state.proxies).filter(([id]) => known.has(id));
  return Object.fromEntries([...before, ...[...seen].map((id) => [id, { seen: at }] as const)]);
}
