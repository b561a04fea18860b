import { PortError } from '../../ports/port-error.ts';
import { exit } from '../exit-code.ts';
import { LockLost } from '../lock/lease.ts';
import { type StepNews, UnhealthyStep } from '../outputs/onlooker.ts';
import type { Step } from '../outputs/step.ts';
import type { WatchedProxy } from '../targets/acceptance.ts';
import { bindMaterial } from './bind-material.ts';
import { confirm } from './confirm.ts';
import type { Surroundings } from './delivery.ts';
import type { Event } from './event.ts';
import { finish } from './finish.ts';
import { type Gate, gate, type Silence } from './gate.ts';
import { goBack } from './go-back.ts';
import { type Journaled, journaledIn } from './journaled.ts';
import { missingProxies } from './missing-proxies.ts';
import { broken, late, silence, stopped, unheard } from './outcomes.ts';
import type { Prepared } from './prepare.ts';
import { type RunProgress, startOfRun } from './run-progress.ts';
import { baselinesOf, watchedAt, withBaselines, withRecorded } from './watched.ts';
import { withNews } from './with-news.ts';

/**
 * Puts one step after the other in force, each after every proxy has accepted the one before. For a step that is
 * already in force, and for a run without steps, only asks the proxies. A failed write ends the walk.
 */
export async function* walk(prepared: Prepared, around: Surroundings): AsyncGenerator<Event, RunProgress> {
  const { delivery, way } = prepared;
  let now = await startOfRun(prepared);
  const written = { any: way.reached > 0 };
  const noted = journaledIn(delivery, around, () => {
    written.any = true;
  });
  try {
    for (let i = Math.max(0, way.reached - 1); i < way.steps.length; i++) {
      if (around.signal.aborted) return { ...now, outcome: stopped(around.signal) };
      now = yield* oneStep(prepared, now, i, noted, around);
      if (now.outcome.result !== 'succeeded') return now;
    }
    const material = yield* bindMaterial(delivery, now.material, undefined, noted, around.clock);
    now = { ...now, material };
    return way.steps.length > 0 ? now : yield* confirm(delivery, now, around);
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    if (error.exitCode === exit.interrupted) return { ...now, outcome: stopped(around.signal) };
    if (error instanceof UnhealthyStep) return { ...now, outcome: late(error.message, error.isWritten) };
    if (error instanceof LockLost) yield { type: 'lock', target: delivery.name, state: 'lost' };
    return { ...now, outcome: broken(error, written.any) };
  }
}

async function* oneStep(
  prepared: Prepared,
  before: RunProgress,
  i: number,
  noted: Journaled,
  around: Surroundings,
): AsyncGenerator<Event, RunProgress> {
  const { delivery, way } = prepared;
  const step = way.steps[i] as Step;
  const last = i === way.steps.length - 1;
  if (step.removes && i >= way.reached) {
    const missing = await missingProxies(delivery, before, around);
    if (missing.length > 0) return { ...before, outcome: silence(missing, before.wave) };
  }
  const { now, watched } = yield* enterStep(prepared, before, i, noted, around);
  const { name: target } = delivery;
  const question = {
    target,
    acceptance: delivery.output.acceptance(delivery.target),
    watched,
    drained: step.drained,
    isLast: last,
    isRepeated: before.wave > 0,
    known: before.seen,
  };
  const received = yield* gate(question, around);
  const reached: RunProgress = { ...now, seen: new Set([...now.seen, ...received.seen]) };
  if (received.state === 'rejected') return yield* goBack(delivery, reached, received.message, noted, around);
  const wave = last ? Number.POSITIVE_INFINITY : step.wave;
  const after = { ...reached, wave, ...outcomeOf(received, last, around.signal) };
  if (after.outcome.result !== 'succeeded' || received.state !== 'accepted') return after;
  yield* reports(prepared, received.silent, { from: now.wave, to: wave });
  const silent = new Set([...now.silent, ...received.silent.keys()]);
  return { ...after, silent, ...(last && { accepted: received.reports }) };
}

/** Puts a step in force unless it already is, and returns the proxies that the step concerns. */
async function* enterStep(
  prepared: Prepared,
  before: RunProgress,
  i: number,
  noted: Journaled,
  around: Surroundings,
): AsyncGenerator<Event, { readonly now: RunProgress; readonly watched: readonly WatchedProxy[] }> {
  const { delivery, way, run, entry } = prepared;
  const { output, target } = delivery;
  const step = way.steps[i] as Step;
  const acceptance = output.acceptance(target);
  const isThere = i < way.reached;
  let now = before;
  if (!isThere) {
    now = { ...now, material: yield* bindMaterial(delivery, now.material, step, noted, around.clock) };
    await output.prepare(step, { run: entry?.id ?? run.id, snapshot: step.snapshot ?? '' });
  }
  // If this step is already in force, it is itself the last of the steps.
  const previous = isThere ? now.steps.at(-2) : now.steps.at(-1);
  // A proxy without an answer doesn't hold up further steps and is asked again at the end.
  const isLast = i === way.steps.length - 1;
  const proxies = watchedAt(acceptance, step, previous, now).filter(
    ({ id }) => isLast || !now.silent.has(id),
  );
  const watched = isThere
    ? withRecorded(proxies, now.recorded)
    : await withBaselines(acceptance, proxies, around);
  if (!isThere) {
    const next: RunProgress = { ...now, steps: [...now.steps, step] };
    const finishes = output.flush !== undefined && i === way.steps.length - 1;
    const { timeout, signal } = around;
    const news = withNews<StepNews, unknown>((tell) => {
      const write = async (): Promise<void> => {
        if (finishes) await finish(prepared, { ...next, wave: Number.POSITIVE_INFINITY }, around);
        await output.putInForce(step, { tell, timeout, signal });
      };
      return noted('stage', step.mark, write, baselinesOf(watched));
    });
    for await (const one of news) yield { target: delivery.name, ...one };
    now = { ...next, ...(finishes && { isFinished: true }) };
  }
  yield {
    type: 'switch',
    target: delivery.name,
    stage: step.name,
    revision: step.mark,
    proxies: watched.length,
    stages: way.steps.map(({ name }) => name),
  };
  return { now, watched };
}

function* reports(
  { delivery: { name: target }, entry }: Prepared,
  silent: ReadonlyMap<string, Silence>,
  { from, to }: { readonly from: number; readonly to: number },
): Generator<Event> {
  for (const [id, { reason }] of silent) {
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
): Pick<RunProgress, 'outcome'> {
  if (received.state === 'interrupted') return { outcome: stopped(signal) };
  if (received.state === 'late') return { outcome: late(received.message, last, received.gone) };
  if (last && received.silent.size > 0) return { outcome: unheard(received.silent, last) };
  return { outcome: { result: 'succeeded' } };
}
