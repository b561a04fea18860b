import type { HistoryEntry } from '../history/entry.ts';
import type { Hold } from '../history/hold.ts';
import { beginJournal, inForce, isOpen, type Journal } from '../history/journal.ts';
import { Ledger } from '../history/ledger.ts';
import type { Owned, State } from '../history/state.ts';
import { record } from '../lib/record.ts';
import type { Step } from '../outputs/step.ts';
import { certificateRequests } from '../plan/certificate-actions.ts';
import { revisionDigest } from '../revision/revision-files.ts';
import type { Delivery, Run } from './delivery.ts';
import { startedEntry } from './finished-entry.ts';
import { newWay, recordedWay, type Way } from './way.ts';

/** A target whose run is in the journal, so that an interrupted run can be identified and resumed. */
export interface Prepared {
  readonly delivery: Delivery;
  readonly run: Run;
  readonly way: Way;
  /** The state as written: it lists the parts that are ours before and after the run. */
  readonly state: State;
  /** Absent if only certificates change. */
  readonly entry?: HistoryEntry;
  /** The mark of the step that proxies read before the run. */
  readonly from: string | undefined;
}

/**
 * Records the intent of a run at one target before it writes anything that proxies read: the snapshots of all stages,
 * the journal, and the union of our parts before and after the run. Returns undefined if there is nothing to write; the
 * caller then asks the proxies (`recheck`).
 */
export async function prepare(delivery: Delivery, run: Run): Promise<Prepared | undefined> {
  const { output, observed } = delivery;
  const ledger = new Ledger(output.store);
  const way = await wayOf(delivery, ledger);
  if (isIdle(delivery, way)) return undefined;
  // The output belongs to this inventory from here on, even if the run fails.
  if (observed.state.epoch === 0) await ledger.writeState(observed.state);
  const steps = await recordSnapshots(way, sourcesOf(delivery, run), ledger);
  const entry = await entryOf(delivery, run, steps, ledger);
  const start = startOf(delivery, way);
  await beginJournal(output.store, {
    type: 'begin',
    formatVersion: '1.1',
    run: entry?.id ?? run.id,
    epoch: delivery.epoch,
    command: entry?.command ?? run.command,
    ...start,
    ...(observed.current && { inForce: inForce(observed.journal, observed.current.name) }),
    stages: steps.map(({ name, mark, snapshot, drained }) => ({ name, folder: mark, snapshot, drained })),
    ...(entry && { entry }),
    ...(delivery.claims && { claims: delivery.claims }),
  });
  await supersede(ledger, delivery, entry?.id ?? run.id);
  const state: State = {
    ...withHold(observed.state, delivery, run),
    epoch: delivery.epoch,
    owned: unionOf(
      observed.state.owned ?? (await output.owned()),
      output.ownedBy(observed, steps, delivery.epoch),
    ),
  };
  await ledger.writeState(state);
  if (entry) await ledger.writeEntry(entry);
  return { delivery, run, way: { ...way, steps }, state, from: start.from, ...(entry && { entry }) };
}

/**
 * Returns the stages of a run. If there is nothing to write but a stopped run has put stages in force, returns those
 * stages: if a proxy rejects, the run returns to the start of the stopped run.
 */
async function wayOf(delivery: Delivery, ledger: Ledger): Promise<Way> {
  const { resumes } = delivery;
  if (resumes) return recordedWay(delivery, resumes, ledger);
  const way = newWay(delivery);
  const left = way.steps.length === 0 ? stoppedBehind(delivery) : undefined;
  return left === undefined ? way : recordedWay(delivery, left, ledger);
}

/** Returns the journal of a stopped run up to the stage in force; undefined if the run put no stage in force. */
function stoppedBehind({ observed: { journal, current } }: Delivery): Journal | undefined {
  if (journal === undefined || !isOpen(journal)) return undefined;
  const { begin } = journal;
  const reached = begin.stages.findLastIndex(({ folder }) => folder === current?.name) + 1;
  return reached === 0
    ? undefined
    : { ...journal, begin: { ...begin, stages: begin.stages.slice(0, reached) } };
}

/** Returns true if there is no file to write, no key to remove, and no interrupted run to close. */
function isIdle(delivery: Delivery, way: Way): boolean {
  const { materials, resumes, observed } = delivery;
  const left = observed.journal !== undefined && isOpen(observed.journal);
  return (
    way.steps.length === 0 && materials.length === 0 && !resumes && !left && !hasUnusedMaterial(delivery)
  );
}

function hasUnusedMaterial({ observed, next }: Delivery): boolean {
  const used = new Set(certificateRequests(next.artifacts).map(({ proxy }) => proxy));
  return [...observed.material].some((proxy) => !used.has(proxy));
}

/** Returns the sources of the revision that a run applies; a run that only moves weights or keys keeps those in force. */
function sourcesOf({ sources, observed }: Delivery, run: Run): Run['sources'] {
  const isSameSpec = run.command === 'canary' || run.command === 'certs rotate';
  return sources ?? run.sources ?? (isSameSpec ? observed.current?.snapshot.sources : undefined);
}

type Recorded = Step & { readonly snapshot: string };

async function recordSnapshots(
  { steps }: Way,
  last: Run['sources'],
  ledger: Ledger,
): Promise<readonly Recorded[]> {
  const all: Recorded[] = [];
  for (const [i, step] of steps.entries()) {
    const sources = i === steps.length - 1 ? last : undefined;
    all.push({ ...step, snapshot: step.snapshot ?? (await ledger.writeSnapshot(step.revision, sources)) });
  }
  return all;
}

async function entryOf(
  delivery: Delivery,
  run: Run,
  steps: readonly Recorded[],
  ledger: Ledger,
): Promise<HistoryEntry | undefined> {
  const { resumes, observed, next } = delivery;
  if (resumes) {
    const { entry } = resumes.begin;
    return entry && { ...entry, epoch: delivery.epoch, resumed: (entry.resumed ?? 0) + 1 };
  }
  const left = observed.journal !== undefined && isOpen(observed.journal);
  if (steps.length === 0 && !left) return undefined;
  const snapshot = steps.at(-1)?.snapshot ?? (await ledger.writeSnapshot(next, sourcesOf(delivery, run)));
  return startedEntry(delivery, run, snapshot);
}

function startOf(delivery: Delivery, { reached }: Way): Pick<Journal['begin'], 'from' | 'altered'> {
  const { resumes, observed } = delivery;
  const before = resumes ?? (reached > 0 ? stoppedBehind(delivery) : undefined);
  if (before) {
    const { from, altered } = before.begin;
    return { altered, ...(from !== undefined && { from }) };
  }
  const from = observed.current?.name;
  return { altered: observed.altered, ...(from !== undefined && { from }) };
}

/** Returns the sorted union of the names of each kind. */
function unionOf(first: Owned, second: Owned): Owned {
  const kinds = [...new Set([...Object.keys(first), ...Object.keys(second)])];
  return record(
    kinds.map((kind) => [kind, [...new Set([...(first[kind] ?? []), ...(second[kind] ?? [])])].sort()]),
  );
}

/** Closes a run that stopped half way: the new run continues from its last stage. */
async function supersede(ledger: Ledger, { observed, resumes }: Delivery, by: string): Promise<void> {
  const { journal } = observed;
  if (resumes || journal === undefined || !isOpen(journal)) return;
  const { entry } = journal.begin;
  if (entry === undefined) return;
  const found = (await ledger.entries()).find(({ id }) => id === entry.id) ?? entry;
  const outcome = found.outcome === 'running' ? 'superseded' : found.outcome;
  await ledger.writeEntry({ ...found, outcome, supersededBy: by });
}

/** Returns the state with the hold of a rollback, or without the hold that an apply ends. */
export function withHold(state: State, { recorded, next, resumes }: Delivery, run: Run): State {
  const { hold, ...rest } = state;
  if (run.command === 'rollback') {
    const entry = recorded?.rollbackOf ?? run.rollbackOf;
    if (entry === undefined) return state;
    const first = resumes?.begin.entry;
    const held: Hold = {
      id: run.id,
      since: first?.started ?? run.started,
      by: first?.actor ?? run.actor,
      entry,
      compiled: revisionDigest(next.artifacts),
    };
    return { ...rest, hold: held };
  }
  // An apply that gets here compiles to the held revision, or the hold has been released: the hold ends.
  return hold === undefined ? state : rest;
}
