import { PortError } from '../../ports/port-error.ts';
import { fold } from '../history/fold.ts';
import { Ledger } from '../history/ledger.ts';
import { type StepNews, UnhealthyStep } from '../outputs/onlooker.ts';
import { certificateState } from './certificate-state.ts';
import { type Confirmed, confirm } from './confirm.ts';
import type { Delivery, Run, Surroundings } from './delivery.ts';
import type { Event, Outcome } from './event.ts';
import { broken, late, stopped } from './outcomes.ts';
import { withHold } from './prepare.ts';
import { knownProxies } from './run-progress.ts';
import { withNews } from './with-news.ts';

/**
 * Ends a run that has nothing to write at a target. Asks every proxy if it has accepted the revision in force; if all
 * have, counts the run in the entry of that revision.
 */
export async function* recheck(
  delivery: Delivery,
  run: Run,
  around: Surroundings,
): AsyncGenerator<Event, Outcome> {
  try {
    return yield* recordAndConfirm(delivery, run, around);
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    return broken(error, false);
  }
}

async function* recordAndConfirm(
  delivery: Delivery,
  run: Run,
  around: Surroundings,
): AsyncGenerator<Event, Outcome> {
  const { observed, output } = delivery;
  const { state, current } = observed;
  const ledger = new Ledger(output.store);
  const held = withHold(state, delivery, run);
  if (held.hold !== state.hold) {
    await ledger.writeState(held);
    await output.flush?.();
  }
  const steps = current
    ? [{ mark: current.name, revision: current.snapshot, versions: current.versions }]
    : [];
  const now: Confirmed = {
    outcome: { result: 'unchanged' },
    started: current?.snapshot,
    steps,
    ...knownProxies(output.acceptance(delivery.target), observed),
  };
  const { outcome: accepted, seen } = yield* confirm(delivery, now, around);
  const unhealthy = accepted.result === 'unchanged' ? yield* awaitHealth(delivery, around) : undefined;
  const outcome = unhealthy ?? accepted;
  const isNew = [...seen].some((id) => state.proxies[id] === undefined);
  const at = around.clock.now().toISOString();
  // An output with `flush` would need a write only to record that nothing changed.
  const isRecorded = outcome.result === 'unchanged' && output.flush === undefined;
  const certificates = isRecorded ? certificateState(delivery, seen, at) : {};
  if (isNew || Object.keys(certificates).length > 0) {
    const proxies = isNew ? Object.fromEntries([...seen].map((id) => [id, { seen: at }] as const)) : {};
    await ledger.writeState({ ...held, proxies: { ...state.proxies, ...proxies }, ...certificates });
  }
  if (!isRecorded) return outcome;
  const applied = (await ledger.entries()).find(({ id }) => id === state.applied);
  if (applied) await ledger.writeEntry(fold(applied, run.started));
  return outcome;
}

/**
 * Waits for the health of the revision in force, if the output knows it. Returns an outcome if the revision doesn't get
 * healthy.
 */
async function* awaitHealth(
  { name: target, output }: Delivery,
  { timeout, signal }: Surroundings,
): AsyncGenerator<Event, Outcome | undefined> {
  if (output.confirmHealth === undefined) return undefined;
  const news = withNews<StepNews, undefined>(async (tell) => {
    await output.confirmHealth?.({ tell, timeout, signal });
    return undefined;
  });
  try {
    for await (const one of news) yield { target, ...one };
  } catch (error) {
    if (error instanceof UnhealthyStep) return late(error.message, true);
    throw error;
  }
  return signal.aborted ? stopped(signal) : undefined;
}
