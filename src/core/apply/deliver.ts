import type { HistoryEntry, HistoryOutcome } from '../history/entry.ts';
import { fold } from '../history/fold.ts';
import { Ledger } from '../history/ledger.ts';
import { expired } from '../history/retention.ts';
import type { State } from '../history/state.ts';
import { certificateRequests } from '../plan/certificate-actions.ts';
import type { Delivery, Run, Surroundings } from './delivery.ts';
import type { Event, Outcome } from './event.ts';
import { finishedEntry, startedEntry } from './finished-entry.ts';
import { type Walk, walk } from './walk.ts';
import { wayTo } from './way-to.ts';

/**
 * Carries the plan of one target out. Where a proxy rejects a stage everything goes back to where it was; whatever
 * else ends the run leaves proxies with the last whole revision.
 */
export async function* deliver(
  delivery: Delivery,
  run: Run,
  around: Surroundings,
): AsyncGenerator<Event, Outcome> {
  const { directory, observed, next } = delivery;
  const ledger = new Ledger(directory);
  const way = wayTo(delivery);
  const epoch = observed.state.epoch + 1;
  if (way.length === 0 && delivery.materials.length === 0 && !hasUnusedMaterial(delivery)) {
    await foldInto(ledger, observed.state, run.started);
    return { result: 'unchanged' };
  }

  await hideFromGit(delivery);
  const snapshot = await ledger.writeSnapshot(next, run.sources);
  let state: State = { ...observed.state, formatVersion: '1.0', epoch };
  await ledger.writeState(state);
  const entry = way.length === 0 ? undefined : startedEntry(delivery, run, snapshot);
  if (entry) await ledger.writeEntry(entry);

  const walked = yield* walk(delivery, way, { ...run, epoch }, around);
  const finished = around.clock.now().toISOString();
  const success = walked.outcome.result === 'succeeded';
  state = {
    ...state,
    ...(success && entry && { applied: entry.id }),
    proxies: seenProxies(state, delivery, walked, finished),
    certificates: walked.secrets.kept,
  };
  await ledger.writeState(state);
  if (entry) {
    const outcome = walked.outcome.result as HistoryOutcome;
    const cause = walked.outcome.cause?.message;
    await ledger.writeEntry(
      finishedEntry(entry, delivery, {
        finished,
        outcome,
        wave: walked.wave,
        ...(cause !== undefined && { cause }),
      }),
    );
  }
  await tidy(delivery, ledger, state, walked.steps.at(-1)?.name);
  return walked.outcome;
}

/** Whether there are keys that no proxy uses any more. */
function hasUnusedMaterial({ observed, next }: Delivery): boolean {
  const used = new Set(certificateRequests(next.artifacts).map(({ proxy }) => proxy));
  return [...observed.material].some((proxy) => !used.has(proxy));
}

/** Keys and the ledger are never for Git; a file of that name that someone wrote stays. */
async function hideFromGit({ directory }: Delivery): Promise<void> {
  if ((await directory.entries('.')).some(({ name }) => name === '.gitignore')) return;
  await directory.replaceFile('.gitignore', '*\n');
}

async function foldInto(ledger: Ledger, state: State, at: string): Promise<void> {
  const applied = (await ledger.entries()).find(({ id }) => id === state.applied);
  if (applied) await ledger.writeEntry(fold(applied, at));
}

function seenProxies(
  state: State,
  { next, observed }: Delivery,
  { seen }: Walk,
  at: string,
): State['proxies'] {
  const ids = [...next.proxies, ...(observed.current?.snapshot.proxies ?? [])].map(({ id }) => id);
  const known = new Set(ids);
  const before = Object.entries(state.proxies).filter(([id]) => known.has(id));
  return Object.fromEntries([...before, ...[...seen].map((id) => [id, { seen: at }] as const)]);
}

/** Removes what nobody reads any more: revisions and material but the current ones, entries beyond those kept. */
async function tidy(
  { directory, observed }: Delivery,
  ledger: Ledger,
  state: State,
  current: string | undefined,
): Promise<void> {
  const kept = new Set([current, observed.current?.name].filter((name) => name !== undefined));
  for (const { name } of await directory.entries('revisions')) {
    if (!kept.has(name)) await directory.remove(`revisions/${name}`);
  }
  const material = (await directory.linkTarget('secrets/current'))?.slice('.revisions/'.length);
  for (const { name } of await directory.entries('secrets/.revisions')) {
    if (name !== material) await directory.remove(`secrets/.revisions/${name}`);
  }
  const entries: readonly HistoryEntry[] = await ledger.entries();
  await ledger.forget(expired(entries, state.applied), kept);
}
