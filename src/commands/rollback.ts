import type { Invocation } from '../command-table/invocation.ts';
import { recordedMesh } from '../core/canary/record/recorded-mesh.ts';
import { recordsAfterRollback } from '../core/canary/record/records-after-rollback.ts';
import type { RolloutRecord } from '../core/canary/record/rollout-record.ts';
import { RolloutRecords } from '../core/canary/record/rollout-records.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import { earlier, lastGood } from '../core/history/earlier.ts';
import type { HistoryEntry } from '../core/history/entry.ts';
import { Ledger } from '../core/history/ledger.ts';
import type { Snapshot } from '../core/history/snapshot.ts';
import { assemblePlan } from '../core/plan/assemble-plan.ts';
import { refusalCode } from '../core/refusal.ts';
import { contentDigest, type WrittenArtifact, writtenByRef } from '../core/revision/object-ref.ts';
import type { Revision } from '../core/revision/revision.ts';
import type { Delivery } from '../core/run/delivery.ts';
import type { Target } from '../core/targets/target.ts';
import { UsageError } from '../core/usage-error.ts';
import { PortError } from '../ports/port-error.ts';
import { comparedWithApplied } from './compared-with-applied.ts';
import { allowancesOf } from './delivery/allowances-of.ts';
import { askAndCarryOut } from './delivery/ask-and-carry-out.ts';
import type { DeliveringParts } from './delivery/delivery-parts.ts';
import { type MeantOutputs, withOutputs } from './delivery/meant-outputs.ts';
import { planDeliveries, type Wanted } from './delivery/plan-deliveries.ts';
import type { TargetOutput } from './delivery/read-outputs.ts';
import { recordedLowering } from './delivery/recorded-lowering.ts';
import { refuseBrokenTrust } from './delivery/refuse-broken-trust.ts';
import { refuseByGuards } from './delivery/refuse-by-guards.ts';
import { refuseConflicts } from './delivery/refuse-conflicts.ts';
import { revisionInForce } from './delivery/snapshot-in-force.ts';
import { targetOf } from './delivery/target-of.ts';
import type { TrustBundles } from './delivery/trust-bundles.ts';
import { type Held, withLocks } from './delivery/with-locks.ts';
import { withSpecEdits } from './delivery/with-spec-edits.ts';
import { answer, wantedFormats } from './formats.ts';
import { planRenderers } from './plan-renderers.ts';

/** `mesh rollback`: applies a recorded revision again, without its sources or Git. */
export async function rollback(
  invocation: Invocation<'rollback'>,
  parts: DeliveringParts,
): Promise<ExitCode> {
  wantedFormats(invocation);
  const request = requestOf(invocation);
  if (invocation.dryRun && wantedFormats(invocation).some(({ format }) => format === 'ndjson'))
    throw new UsageError('--dry-run reports no events: leave --format ndjson out');
  return withOutputs(invocation, parts, (meant) => {
    if (invocation.dryRun) return showRollback(meant, request, invocation, parts);
    const places = meant.outputs.map(({ config, output }) => ({ name: config.name, output }));
    const beginning = {
      command: 'rollback' as const,
      revision: request.revision ?? request.to ?? 'the one before',
    };
    return withLocks(places, beginning, invocation, parts, (held) =>
      planAndRollBack(meant, request, held, invocation, parts),
    );
  });
}

/** The wanted revision: a named one, the last good one, or the previous one. */
interface RollbackRequest {
  readonly revision?: string;
  readonly to?: 'last-good';
}

function requestOf({
  arguments: [revision],
  to,
}: Pick<Invocation<'rollback'>, 'arguments' | 'to'>): RollbackRequest {
  if (revision === undefined) return to === undefined ? {} : { to };
  if (to !== undefined) throw new UsageError('a revision and --to name two revisions: leave one out');
  return { revision };
}

async function planAndRollBack(
  meant: MeantOutputs,
  request: RollbackRequest,
  held: Held,
  invocation: Invocation<'rollback'>,
  parts: DeliveringParts,
): Promise<ExitCode> {
  const { recorded, deliveries, allowed } = await planRollback(
    meant,
    request,
    invocation,
    parts,
    held.locked,
  );
  const { ir, trust, root } = meant;
  const { commit, dirty, specDigest = '', rollbackOf } = deliveries[0]?.recorded ?? {};
  const head = { ...(commit !== undefined && { commit }), ...(dirty !== undefined && { dirty }) };
  const plan = assemblePlan(deliveries, parts.tool, head, allowed);
  const run = {
    command: 'rollback' as const,
    planId: plan.planId,
    specDigest,
    ...(rollbackOf !== undefined && { rollbackOf }),
    ...head,
  };
  const refusals = refuseBrokenTrust(deliveries, ir.trustDomain, trust, parts.reader);
  const record = () => abortRollouts(recorded, held, parts);
  return askAndCarryOut(
    { plan, deliveries, run, ir, root, trust, refusals, record },
    held,
    invocation,
    parts,
  );
}

/** Reads the recorded revisions and plans the way to them. Without locks nobody is about to write. */
async function planRollback(
  { ir, outputs, trust }: MeantOutputs,
  request: RollbackRequest,
  invocation: Invocation<'rollback'>,
  parts: DeliveringParts,
  locked: Held['locked'] = new Map(),
) {
  const recorded: Recorded[] = [];
  for (const output of outputs) recorded.push(await recordedRevision(output, request, trust, locked));
  const allowed = allowancesOf(invocation);
  const planned = withSpecEdits(
    await planDeliveries(ir, recorded, trust, parts, allowed, locked),
    recorded.map(({ sources }) => sources),
    ir.environment,
  );
  const deliveries = planned.map((delivery, i) => ({ ...delivery, ...recordedAt(recorded[i]) }));
  return { recorded, deliveries, allowed };
}

/** Shows the plan of a rollback with its meaning; takes no lock and writes nothing. */
async function showRollback(
  meant: MeantOutputs,
  request: RollbackRequest,
  invocation: Invocation<'rollback'>,
  parts: DeliveringParts,
): Promise<ExitCode> {
  const { deliveries, allowed } = await planRollback(meant, request, invocation, parts);
  const { commit, dirty } = deliveries[0]?.recorded ?? {};
  const head = { ...(commit !== undefined && { commit }), ...(dirty !== undefined && { dirty }) };
  const plan = comparedWithApplied({
    plan: assemblePlan(deliveries, parts.tool, head, allowed),
    deliveries,
  });
  const shown = { now: parts.clock.now(), environment: meant.ir.environment };
  await answer(invocation, { text: planRenderers(plan, invocation, shown).text }, parts);
  return refusalCode([...refuseByGuards(plan), ...refuseConflicts(deliveries)]);
}

/** Records the end of Rollouts, before their weights change. */
async function abortRollouts(
  recorded: readonly Recorded[],
  { locked }: Held,
  { clock }: DeliveringParts,
): Promise<void> {
  for (const { config, rollouts = [], next } of recorded) {
    const output = locked.get(config.name)?.output;
    if (output === undefined) continue;
    const ended = recordsAfterRollback(next.ir, rollouts, clock.now().toISOString());
    for (const record of ended) await new RolloutRecords(output.store).write(record);
  }
}

function recordedAt(recorded: Recorded | undefined): Pick<Delivery, 'recorded' | 'sources'> {
  if (recorded === undefined) return {};
  const { entry, sources } = recorded;
  const { id, commit, dirty, digests } = entry;
  const head = { ...(commit !== undefined && { commit }), ...(dirty !== undefined && { dirty }) };
  return {
    recorded: { rollbackOf: id, specDigest: digests.spec, ...head },
    ...(sources && { sources }),
  };
}

type Recorded = Wanted & Pick<Snapshot, 'sources'> & { readonly entry: HistoryEntry };

async function recordedRevision(
  { config, output }: TargetOutput,
  { revision, to }: RollbackRequest,
  trust: TrustBundles,
  locked: Held['locked'],
): Promise<Recorded> {
  const ledger = new Ledger(output.store);
  const state = await ledger.readState();
  const entries = await ledger.entries();
  const found = to === undefined ? earlier(entries, state?.applied, revision) : lastGood(entries);
  if ('missing' in found) throw new PortError(`target ${config.name}: ${found.missing}`, exit.failed);
  const { entry } = found;
  const snapshot = await ledger.readSnapshot(entry.snapshot);
  if (snapshot === undefined) throw new PortError(`the snapshot of ${entry.id} is gone`, exit.failed);
  const target = await targetOf(config);
  const now = await revisionInForce(output);
  const lower = recordedLowering(target, config, now?.trust ?? trust);
  const rollouts = await new RolloutRecords((locked.get(config.name)?.output ?? output).store).all();
  const next = withPresentTrust(reweighted(snapshot, rollouts, lower), now, target, lower);
  const { sources } = snapshot;
  return { config, output, next, target, rollouts, lower, entry, ...(sources && { sources }) };
}

/** Returns a recorded revision with the weights that its Rollouts have once those under way are aborted. */
function reweighted(snapshot: Revision, records: readonly RolloutRecord[], lower: Wanted['lower']): Revision {
  const ended = records.filter((record) => record.state === 'promoted');
  if (snapshot.ir.rollouts === undefined) return snapshot;
  const { weighted: _, ...recorded } = snapshot;
  const mesh = recordedMesh(snapshot, ended);
  return { ...recorded, ...mesh, artifacts: lower(mesh.ir) };
}

/**
 * Returns a recorded revision with the roots that proxies trust now: the certificates of proxies stay as they are, so
 * the roots of the past would refuse them.
 */
function withPresentTrust(
  recorded: Revision,
  now: Revision | undefined,
  { isTrust }: Pick<Target, 'isTrust'>,
  lower: Wanted['lower'],
): Revision {
  if (isTrust === undefined || now?.trust === undefined) return recorded;
  // Readers of a bundle name the root that is distrusted.
  if (now.trust.distrusted !== recorded.trust?.distrusted)
    return { ...recorded, artifacts: lower(recorded.ir), trust: now.trust };
  const present = writtenByRef(now.artifacts.filter((artifact) => isTrust(artifact)));
  const past = writtenByRef(recorded.artifacts.filter((artifact) => isTrust(artifact)));
  const changed = new Map(
    [...past].flatMap(([ref, one]) => {
      const other = present.get(ref);
      return other === undefined || contentDigest(other) === contentDigest(one)
        ? []
        : [[one, other] as const];
    }),
  );
  if (changed.size === 0) return recorded;
  return {
    ...recorded,
    artifacts: recorded.artifacts.map((artifact) => changed.get(artifact as WrittenArtifact) ?? artifact),
    trust: now.trust,
  };
}
