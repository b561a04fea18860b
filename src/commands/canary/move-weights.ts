import type { Options } from '../../command-table/invocation.ts';
import type { RolloutRecord } from '../../core/canary/record/rollout-record.ts';
import { RolloutRecords } from '../../core/canary/record/rollout-records.ts';
import type { Changed, ChangeRecord } from '../../core/canary/run/runner-world.ts';
import { exit } from '../../core/exit-code.ts';
import { Ledger } from '../../core/history/ledger.ts';
import { ulid } from '../../core/history/ulid.ts';
import type { Ir } from '../../core/ir/ir.ts';
import { assemblePlan } from '../../core/plan/assemble-plan.ts';
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

/**
 * Changes the record of a Rollout at each of its targets under their locks; with `weights` then applies what is in force
 * there with the weights that the record says. Neither Git nor metrics are needed. Waits a minute for other runs.
 */
export async function moveWeights(
  moved: MovedOutputs,
  rollout: string,
  { change, weights }: { readonly change: ChangeRecord; readonly weights: boolean },
  options: MoveOptions,
  parts: DeliveringParts,
  tell: (event: Event) => void,
): Promise<Changed> {
  for (let asked = 1; ; asked += 1) {
    try {
      return await once(moved, rollout, { change, weights }, options, parts, tell);
    } catch (error) {
      const isHeld = error instanceof PortError && error.exitCode === exit.locked;
      if (!isHeld || asked >= patience) throw error;
      await parts.clock.sleep(1000);
    }
  }
}

function once(
  moved: MovedOutputs,
  rollout: string,
  { change, weights }: { readonly change: ChangeRecord; readonly weights: boolean },
  options: MoveOptions,
  parts: DeliveringParts,
  tell: (event: Event) => void,
): Promise<Changed> {
  const { clock, entropy } = parts;
  const id = ulid(clock.now(), entropy.bytes(10));
  const places = moved.outputs.map(({ config, output }) => ({ name: config.name, output }));
  // A step's locks are held for moments: nobody has to be told of each.
  const log = { tell: (event: Event) => (event.type === 'lock' ? undefined : tell(event)) };
  return lockOutputs(places, { command: 'canary', log, id }, options, parts, async (locked) => {
    const [leader] = places;
    const first = leader && locked.get(leader.name);
    if (first === undefined) return { state: 'left', record: undefined };
    const before = await new RolloutRecords(first.output.store).read(rollout);
    const record = change(before, first.epoch);
    if (record === undefined) return { state: 'left', record: before };
    for (const { output } of locked.values()) await new RolloutRecords(output.store).write(record);
    for (const { output } of locked.values()) await output.flush?.();
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
  // Certificates are not a step's matter: the present ones stay.
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
  // A rollback goes on although somebody has stopped the runner.
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

/** Names the proxies of targets that have none which confirms what it has, as those of a cluster. */
function silent(planned: readonly PlannedDelivery[]): readonly string[] {
  return planned
    .filter(({ next }) => next.proxies.length === 0)
    .map(({ name }) => `the proxies of target ${name}`);
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
