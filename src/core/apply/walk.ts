import { currentVersions } from '../plan/observe.ts';
import { revisionVersions } from '../plan/revision-files.ts';
import { bindSecrets } from './bind-secrets.ts';
import type { Delivery, Run, Surroundings } from './delivery.ts';
import type { Event, Outcome } from './event.ts';
import { type Gate, gate } from './gate.ts';
import { goBack } from './go-back.ts';
import { missingProxies } from './missing-proxies.ts';
import { late, silence, stopped } from './outcomes.ts';
import type { Stage } from './stages.ts';
import { type Step, stepName, watchedAt, withReports } from './step.ts';
import { currentSecrets, type Secrets } from './write-secrets.ts';
import { switchTo, writeStage } from './write-stage.ts';

/** How far a run has come. */
export interface Walk {
  /** `succeeded` while nothing has gone wrong. */
  readonly outcome: Outcome;
  /** The revisions that were in force, the last of them now; the first is where the run began. */
  readonly steps: readonly Step[];
  /** Changes up to this wave are in force. */
  readonly wave: number;
  /** Proxies that ever answered. */
  readonly seen: ReadonlySet<string>;
  /** Those of them that no longer do. */
  readonly silent: ReadonlySet<string>;
  readonly secrets: Secrets;
}

/** Writes one stage after the other, each once every proxy has accepted the one before. */
export async function* walk(
  delivery: Delivery,
  way: readonly Stage[],
  run: Run & { readonly epoch: number },
  around: Surroundings,
): AsyncGenerator<Event, Walk> {
  let now = await beginning(delivery);
  for (const [i, stage] of way.entries()) {
    if (around.signal.aborted) return { ...now, outcome: stopped(around.signal) };
    now = yield* oneStage(delivery, now, { stage, way, last: i === way.length - 1, run }, around);
    if (now.outcome.result !== 'succeeded') return now;
  }
  return { ...now, secrets: yield* bindSecrets(delivery, now.secrets, undefined, run.epoch, around.clock) };
}

interface Writing {
  readonly stage: Stage;
  readonly way: readonly Stage[];
  readonly last: boolean;
  readonly run: Run & { readonly epoch: number };
}

const waves = { make: 1, switch: 2, break: 3 } as const;

async function beginning(delivery: Delivery): Promise<Walk> {
  const { observed } = delivery;
  return {
    outcome: { result: 'succeeded' },
    steps: observed.current
      ? [
          {
            name: observed.current.name,
            revision: observed.current.snapshot,
            versions: currentVersions(observed),
          },
        ]
      : [],
    wave: 0,
    seen: new Set(Object.keys(observed.state.proxies)),
    silent: new Set(),
    secrets: await currentSecrets(delivery),
  };
}

async function* oneStage(
  delivery: Delivery,
  now: Walk,
  { stage, way, last, run }: Writing,
  around: Surroundings,
): AsyncGenerator<Event, Walk> {
  const { name: target } = delivery;
  if (stage.name === 'break') {
    const missing = await missingProxies(delivery, now, around);
    if (missing.length > 0) return { ...now, outcome: silence(missing, now.wave) };
  }
  const secrets = yield* bindSecrets(delivery, now.secrets, stage, run.epoch, around.clock);
  const versions = revisionVersions(stage.revision.artifacts);
  const step: Step = { name: stepName(run.epoch, stage), revision: stage.revision, versions };
  const sources = last && run.sources ? { sources: run.sources } : {};
  await writeStage(delivery, { ...step, stage: stage.name, run: run.id, ...sources });
  const proxies = watchedAt(step, now, delivery).filter(({ id }) => !now.silent.has(id));
  const watched = await withReports(proxies, around);
  await switchTo(delivery, step.name);
  const stages = way.map(({ name }) => name);
  yield {
    type: 'switch',
    target,
    stage: stage.name,
    revision: step.name,
    proxies: watched.length,
    stages,
  };

  const steps = [...now.steps, step];
  const received = yield* gate(target, watched, stage.drained, around);
  const reached: Walk = { ...now, steps, secrets, seen: new Set([...now.seen, ...received.seen]) };
  if (received.state === 'rejected') return yield* goBack(delivery, reached, received.message, around);
  const wave = waves[stage.name];
  const after = { ...reached, wave, ...outcomeOf(received, last, around.signal) };
  if (after.outcome.result !== 'succeeded' || received.state !== 'accepted') return after;
  for (const id of received.silent) {
    yield { type: 'notice', target, message: `proxy ${id} was seen before and no longer answers` };
  }
  for (const { ref, op, wave: own } of delivery.plan.objects) {
    if (own > now.wave && own <= wave) yield { type: 'change', target, ref, op, state: 'done' };
  }
  return { ...after, silent: new Set([...now.silent, ...received.silent]) };
}

function outcomeOf(
  received: Exclude<Gate, { state: 'rejected' }>,
  last: boolean,
  signal: AbortSignal,
): Pick<Walk, 'outcome'> {
  if (received.state === 'interrupted') return { outcome: stopped(signal) };
  if (received.state === 'late') return { outcome: late(received.message, last) };
  if (last && received.silent.length > 0)
    return { outcome: late(`no answer any more: ${received.silent.join(', ')}`, last) };
  return { outcome: { result: 'succeeded' } };
}
