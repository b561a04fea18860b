import type { Options } from '../../command-table/invocation.ts';
import { jointRecord } from '../../core/canary/record/joint-record.ts';
import type { RolloutRecord } from '../../core/canary/record/rollout-record.ts';
import { RolloutRecords } from '../../core/canary/record/rollout-records.ts';
import type { Changed, ChangeRecord, Reach } from '../../core/canary/run/runner-world.ts';
import { exit } from '../../core/exit-code.ts';
import { Ledger } from '../../core/history/ledger.ts';
import { ulid } from '../../core/history/ulid.ts';
import type { Ir } from '../../core/ir/ir.ts';
import { assemblePlan } from '../../core/plan/assemble-plan.ts';
import type { Revision } from '../../core/revision/revision.ts';
import type { Event } from '../../core/run/event.ts';
import { runDeliveries } from '../../core/run/run-deliveries.ts';
import { PortError } from '../../ports/port-error.ts';
import type { DeliveringParts } from '../delivery/delivery-parts.ts';
import { durationOf } from '../delivery/duration-option.ts';
import { issueCertificates } from '../delivery/issue-certificates.ts';
import { type LockedOutput, lockOutputs } from '../delivery/lock-outputs.ts';
import { type PlannedDelivery, planDeliveries } from '../delivery/plan-deliveries.ts';
import type { TargetOutput } from '../delivery/read-outputs.ts';
import { refuseConflicts } from '../delivery/refuse-conflicts.ts';
import { snapshotInForce } from '../delivery/snapshot-in-force.ts';
import type { TrustBundles } from '../delivery/trust-bundles.ts';
import { recordedTarget } from './recorded-target.ts';
import { refusedBy } from './refused-by.ts';

/** The outputs of a Rollout, the leading one first, and what writing to them takes. */
export interface MovedOutputs {
  readonly outputs: readonly TargetOutput[];
  readonly ir: Pick<Ir, 'name' | 'environment' | 'trustDomain' | 'certificates'>;
  readonly trust: TrustBundles;
  readonly root: string;
}

type MoveOptions = Options<'timeout' | 'forceUnlock' | 'lockTtl'>;

/** Times that a lock is asked for while another run holds it, a second apart. */
const patience = 60;

/** A change of a Rollout at its targets. */
export interface WeightChange extends Reach {
  readonly change: ChangeRecord;
}

/**
 * Changes the record of a Rollout at its targets under their locks; with `weights` then applies the revision in force
 * with the weights of the record. Needs neither Git nor metrics. Waits up to a minute for the locks of other runs. With
 * `partly` changes each target on its own, and the result names the targets that were not changed.
 */
export async function moveWeights(
  moved: MovedOutputs,
  rollout: string,
  change: WeightChange,
  options: MoveOptions,
  parts: DeliveringParts,
  tell: (event: Event) => void,
): Promise<Changed> {
  if (change.partly !== true) return reached(moved, rollout, change, options, parts, tell);
  const all = await Promise.all(
    moved.outputs.map(async (one) => ({
      name: one.config.name,
      changed: await reached({ ...moved, outputs: [one] }, rollout, change, options, parts, tell),
    })),
  );
  return joined(all);
}

/** Combines the results of several targets, the leading target's first. */
function joined(all: readonly { readonly name: string; readonly changed: Changed }[]): Changed {
  const lost = all.flatMap(({ name, changed }) => {
    if (changed.state !== 'failed' && changed.state !== 'unreachable') return [];
    const { message, code } = changed;
    const place = `target ${name}: `;
    return [{ message: message.startsWith(place) ? message : `${place}${message}`, code }];
  });
  const [worst] = lost;
  if (worst !== undefined)
    return { state: 'failed', message: lost.map(({ message }) => message).join('; '), code: worst.code };
  const first = all[0]?.changed ?? ({ state: 'left', record: undefined } as const);
  if (first.state !== 'written') return first;
  return {
    ...first,
    unseen: all.flatMap(({ changed }) => (changed.state === 'written' ? changed.unseen : [])),
  };
}

async function reached(
  moved: MovedOutputs,
  rollout: string,
  change: WeightChange,
  options: MoveOptions,
  parts: DeliveringParts,
  tell: (event: Event) => void,
): Promise<Changed> {
  for (let asked = 1; ; asked += 1) {
    try {
      return await once(moved, rollout, change, options, parts, tell);
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      const { message, exitCode: code } = error;
      if (code !== exit.locked || asked >= patience) return { state: 'unreachable', message, code };
      await parts.clock.sleep(1000);
    }
  }
}

function once(
  moved: MovedOutputs,
  rollout: string,
  { change, weights }: WeightChange,
  options: MoveOptions,
  parts: DeliveringParts,
  tell: (event: Event) => void,
): Promise<Changed> {
  const { clock, entropy } = parts;
  const id = ulid(clock.now(), entropy.bytes(10));
  const places = moved.outputs.map(({ config, output }) => ({ name: config.name, output }));
  // A step holds its locks for moments: don't report them.
  const log = { tell: (event: Event) => (event.type === 'lock' ? undefined : tell(event)) };
  return lockOutputs(places, { command: 'canary', log, id }, options, parts, async (locked) => {
    const outputs = places.flatMap(({ name }) => locked.get(name) ?? []);
    const [first] = outputs;
    if (first === undefined) return { state: 'left', record: undefined };
    const stores = outputs.map(({ output }) => new RolloutRecords(output.store));
    const found = await Promise.all(stores.map((store) => store.read(rollout)));
    const before = jointRecord(found.flatMap((record) => record ?? []));
    const record = change(before, first.epoch);
    if (record === undefined) return { state: 'left', record: before };
    // A target that lost its revision stops the change before the first record is written.
    if (weights) await Promise.all(moved.outputs.map(appliedSnapshot));
    for (const store of stores) await store.write(record);
    for (const { output } of outputs) await output.flush?.();
    if (!weights) return { state: 'written', record, unseen: [] };
    return deliver({ ...moved, locked, id }, record, options, parts, log.tell);
  });
}

interface Locked extends MovedOutputs {
  readonly locked: ReadonlyMap<string, LockedOutput>;
  readonly id: string;
}

async function deliver(
  { outputs, ir, trust, root, locked, id }: Locked,
  record: RolloutRecord,
  options: MoveOptions,
  parts: DeliveringParts,
  tell: (event: Event) => void,
): Promise<Changed> {
  const { clock, admin, signal, actor, tool } = parts;
  const wanted = await Promise.all(outputs.map((one) => recordedTarget(one, trust)));
  const planned = await planDeliveries(ir, wanted, trust, parts, {}, locked);
  const [conflict] = refuseConflicts(planned);
  if (conflict !== undefined)
    return { state: 'failed', message: refusedBy(conflict).message, code: conflict.code };
  const recorded = await appliedRun(outputs);
  // A step changes no certificates: the present ones stay.
  const kept = { ...trust, isRecorded: true } as const;
  const ready = await issueCertificates(planned, ir as Ir, root, kept, parts);
  const deliveries = ready.flatMap((delivery) => {
    const one = locked.get(delivery.name);
    return one ? [{ ...delivery, ...one, recorded }] : [];
  });
  const { planId } = assemblePlan(deliveries, tool, {});
  const run = {
    id,
    command: 'canary' as const,
    started: clock.now().toISOString(),
    actor,
    tool,
    planId,
    ...recorded,
  };
  // A rollback continues although a signal has stopped the runner.
  const isBack = record.state === 'rolling-back' || signal.aborted;
  const around = {
    clock,
    admin,
    signal: isBack ? new AbortController().signal : signal,
    timeout: durationOf(options, 'timeout', 60_000),
  };
  const running = runDeliveries(deliveries, run, around);
  for (;;) {
    const next = await running.next();
    if (next.done === true)
      return { state: 'failed', message: 'the run ended without an outcome', code: exit.incomplete };
    const event = next.value;
    if (event.type !== 'end') {
      tell(event);
      continue;
    }
    const { outcome, exitCode } = event;
    if (exitCode === exit.success)
      return { state: 'written', record, unseen: [...(outcome.unseen ?? []), ...silent(planned)] };
    return { state: 'failed', message: outcome.cause?.message ?? outcome.result, code: exitCode };
  }
}

/** Returns names for the proxies of targets whose proxies confirm nothing, such as those of a cluster. */
function silent(planned: readonly PlannedDelivery[]): readonly string[] {
  return planned
    .filter(({ next }) => next.proxies.length === 0)
    .map(({ name }) => `the proxies of target ${name}`);
}

/** Returns the revision in force. Throws PortError(5) if there is none. */
async function appliedSnapshot({ config, output }: TargetOutput): Promise<Revision> {
  const digest = await snapshotInForce(output);
  const snapshot = digest === undefined ? undefined : await new Ledger(output.store).readSnapshot(digest);
  if (snapshot !== undefined) return snapshot;
  throw new PortError(`target ${config.name}: nothing is applied there, or its record is gone`, exit.stale);
}

/** Returns the commit and the spec of the apply whose weights move. */
async function appliedRun([first]: readonly TargetOutput[]) {
  if (first === undefined) return { specDigest: '' };
  const ledger = new Ledger(first.output.store);
  const applied = (await ledger.readState())?.applied;
  const entry = (await ledger.entries()).find(({ id }) => id === applied);
  const { commit, dirty, digests } = entry ?? {};
  return {
    specDigest: digests?.spec ?? '',
    ...(commit !== undefined && { commit }),
    ...(dirty !== undefined && { dirty }),
  };
}
