import { PortError } from '../../ports/port-error.ts';
import { addToJournal, type JournalLine } from '../history/journal.ts';
import { LockLost } from '../lock/lease.ts';
import { revisionVersions } from '../revision/revision-files.ts';
import type { Baselines, WatchedProxy } from '../targets/acceptance.ts';
import { acceptanceOf } from './acceptance-of.ts';
import { beginning, type Walk } from './beginning.ts';
import { bindSecrets } from './bind-secrets.ts';
import { confirm } from './confirm.ts';
import type { Surroundings } from './delivery.ts';
import type { Event } from './event.ts';
import { type Gate, gate } from './gate.ts';
import { goBack } from './go-back.ts';
import { missingProxies } from './missing-proxies.ts';
import { broken, late, silence, stopped, unheard } from './outcomes.ts';
import type { PlacedStage } from './placed-way.ts';
import type { Prepared } from './prepare.ts';
import { baselinesOf, type Step, watchedAt, withBaselines, withRecorded } from './step.ts';
import { switchTo, writeStage } from './write-stage.ts';

/**
 * Writes one stage after the other, each once every proxy has accepted the one before. A stage that is in force already
 * is asked for once more, and a run without any stage asks for the revision in force. A failed write ends the walk.
 */
export async function* walk(prepared: Prepared, around: Surroundings): AsyncGenerator<Event, Walk> {
  const { delivery, way } = prepared;
  let now = await beginning(prepared);
  const written = { any: way.reached > 0 };
  const noted = notes(prepared, written, around);
  try {
    for (let i = Math.max(0, way.reached - 1); i < way.stages.length; i++) {
      if (around.signal.aborted) return { ...now, outcome: stopped(around.signal) };
      now = yield* oneStage(prepared, now, i, noted, around);
      if (now.outcome.result !== 'succeeded') return now;
    }
    const secrets = yield* bindSecrets(delivery, now.secrets, undefined, noted, around.clock);
    now = { ...now, secrets };
    return way.stages.length > 0 ? now : yield* confirm(delivery, now, around);
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    if (error instanceof LockLost) yield { type: 'lock', target: delivery.name, state: 'lost' };
    return { ...now, outcome: broken(error, written.any) };
  }
}

type NotedLine = Extract<JournalLine, { readonly folder: string }>;

/** Writes something between two lines of the journal; the line before a switch has the baselines of its proxies. */
export type Noted = (
  type: NotedLine['type'],
  folder: string,
  write: () => Promise<void>,
  baselines?: Baselines,
) => Promise<void>;

function notes({ delivery }: Prepared, written: { any: boolean }, { clock }: Surroundings): Noted {
  const { directory, epoch } = delivery;
  const { baselinesJson } = acceptanceOf(delivery);
  return async (type, folder, write, baselines) => {
    const evidence = baselines === undefined ? {} : { evidence: baselinesJson(baselines) };
    const line = (state: 'before' | 'after'): JournalLine => {
      return { type, state, folder, at: clock.now().toISOString() };
    };
    await addToJournal(directory, epoch, { ...line('before'), ...evidence });
    written.any = true;
    await write();
    await addToJournal(directory, epoch, line('after'));
  };
}

const waves = { make: 1, switch: 2, break: 3 } as const;

async function* oneStage(
  prepared: Prepared,
  before: Walk,
  i: number,
  noted: Noted,
  around: Surroundings,
): AsyncGenerator<Event, Walk> {
  const { delivery, way } = prepared;
  const stage = way.stages[i] as PlacedStage;
  const last = i === way.stages.length - 1;
  if (stage.name === 'break' && i >= way.reached) {
    const missing = await missingProxies(delivery, before, around);
    if (missing.length > 0) return { ...before, outcome: silence(missing, before.wave) };
  }
  const { now, watched } = yield* inForce(prepared, before, i, noted, around);
  const { name: target } = delivery;
  const question = {
    target,
    acceptance: acceptanceOf(delivery),
    watched,
    drained: stage.drained,
    isLast: last,
  };
  const received = yield* gate(question, around);
  const reached: Walk = { ...now, seen: new Set([...now.seen, ...received.seen]) };
  if (received.state === 'rejected') return yield* goBack(delivery, reached, received.message, noted, around);
  const wave = last ? waves.break : waves[stage.name];
  const after = { ...reached, wave, ...outcomeOf(received, last, around.signal) };
  if (after.outcome.result !== 'succeeded' || received.state !== 'accepted') return after;
  yield* reports(prepared, received.silent, { from: now.wave, to: wave });
  const silent = new Set([...now.silent, ...received.silent.keys()]);
  return { ...after, silent, ...(last && { accepted: received.reports }) };
}

/** Puts a stage in force, unless it is already, and says whom it concerns. */
async function* inForce(
  prepared: Prepared,
  before: Walk,
  i: number,
  noted: Noted,
  around: Surroundings,
): AsyncGenerator<Event, { readonly now: Walk; readonly watched: readonly WatchedProxy[] }> {
  const { delivery, way } = prepared;
  const { name, folder, revision, ...rest } = way.stages[i] as PlacedStage;
  const acceptance = acceptanceOf(delivery);
  const isThere = i < way.reached;
  const step: Step = { name: folder, revision, versions: revisionVersions(revision.artifacts) };
  let now = before;
  if (!isThere) {
    const stage = { name, folder, revision, ...rest };
    now = { ...now, secrets: yield* bindSecrets(delivery, now.secrets, stage, noted, around.clock) };
    await writeStage(prepared, stage);
  }
  // The steps end with this one where it is in force already.
  const previous = isThere ? now.steps.at(-2) : now.steps.at(-1);
  const proxies = watchedAt(acceptance, step, previous, now).filter(({ id }) => !now.silent.has(id));
  const watched = isThere
    ? withRecorded(proxies, now.recorded)
    : await withBaselines(acceptance, proxies, around);
  if (!isThere) {
    await noted('stage', folder, () => switchTo(delivery, folder), baselinesOf(watched));
    now = { ...now, steps: [...now.steps, step] };
  }
  yield {
    type: 'switch',
    target: delivery.name,
    stage: name,
    revision: folder,
    proxies: watched.length,
    stages: way.stages.map((stage) => stage.name),
  };
  return { now, watched };
}

function* reports(
  { delivery: { name: target }, entry }: Prepared,
  silent: ReadonlyMap<string, string>,
  { from, to }: { readonly from: number; readonly to: number },
): Generator<Event> {
  for (const [id, reason] of silent) {
    yield { type: 'notice', target, message: `proxy ${id} is not heard: ${reason}` };
  }
  for (const { ref, op, wave = 0 } of entry?.objects ?? []) {
    if (wave > from && wave <= to) yield { type: 'change', target, ref, op, state: 'done' };
  }
}

function outcomeOf(
  received: Exclude<Gate, { state: 'rejected' }>,
  last: boolean,
  signal: AbortSignal,
): Pick<Walk, 'outcome'> {
  if (received.state === 'interrupted') return { outcome: stopped(signal) };
  if (received.state === 'late') return { outcome: late(received.message, last) };
  if (last && received.silent.size > 0) return { outcome: late(unheard(received.silent), last) };
  return { outcome: { result: 'succeeded' } };
}
