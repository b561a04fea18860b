import type { Delivery } from '../core/apply/delivery.ts';
import type { ExitCode } from '../core/exit-code.ts';
import { earlier } from '../core/history/earlier.ts';
import type { HistoryEntry } from '../core/history/entry.ts';
import { Ledger } from '../core/history/ledger.ts';
import type { Ir } from '../core/ir/ir.ts';
import { assemblePlan } from '../core/plan/assemble-plan.ts';
import { type OpenedStore, PortError } from '../ports.ts';
import type { Invocation } from '../program.ts';
import { agreedAndCarriedOut } from './delivery/agreed-and-carried-out.ts';
import type { DeliveringParts } from './delivery/delivery-parts.ts';
import { outputsOf, type TargetOutput } from './delivery/outputs-of.ts';
import { plannedDeliveries, type Wanted } from './delivery/planned-deliveries.ts';
import { recordedLowering } from './delivery/recorded-lowering.ts';
import { type TrustBundles, trustBundles } from './delivery/trust-bundles.ts';
import { wantedFormats } from './formats.ts';
import { meshOptions } from './options.ts';
import { withStore } from './with-store.ts';

const failed = 1;

/** `mesh rollback`: applies a recorded revision, of which it needs neither sources nor Git. */
export async function rollback(invocation: Invocation, parts: DeliveringParts): Promise<ExitCode> {
  wantedFormats(invocation);
  return withStore(parts.openSpecStore, meshOptions(invocation), async (opened) => {
    const found = await outputsOf(opened, invocation, parts);
    return 'exitCode' in found
      ? found.exitCode
      : rolledBack(found.ir, found.outputs, opened, invocation, parts);
  });
}

async function rolledBack(
  ir: Ir,
  outputs: readonly TargetOutput[],
  { store, root }: OpenedStore,
  invocation: Invocation,
  parts: DeliveringParts,
): Promise<ExitCode> {
  const [argument] = invocation.arguments;
  const revision = typeof argument === 'string' ? argument : undefined;
  const trust = await trustBundles(store, ir);
  const recorded: Recorded[] = [];
  for (const output of outputs) recorded.push(await recordedRevision(output, revision, trust));
  const planned = await plannedDeliveries(ir, recorded, trust, parts);
  const deliveries = planned.map((delivery, i) => ({ ...delivery, ...recordedAt(recorded[i]?.entry) }));
  const { commit, dirty, specDigest = '', rollbackOf } = deliveries[0]?.recorded ?? {};
  const head = { ...(commit !== undefined && { commit }), ...(dirty !== undefined && { dirty }) };
  const plan = assemblePlan(deliveries, parts.tool, head);
  const run = {
    command: 'rollback' as const,
    planId: plan.planId,
    specDigest,
    ...(rollbackOf !== undefined && { rollbackOf }),
    ...head,
  };
  return agreedAndCarriedOut({ plan, deliveries, run, ir, root, trust }, invocation, parts);
}

function recordedAt(entry: HistoryEntry | undefined): Pick<Delivery, 'recorded'> {
  if (entry === undefined) return {};
  const { id, commit, dirty, digests } = entry;
  const head = { ...(commit !== undefined && { commit }), ...(dirty !== undefined && { dirty }) };
  return { recorded: { rollbackOf: id, specDigest: digests.spec, ...head } };
}

type Recorded = Wanted & { readonly entry: HistoryEntry };

async function recordedRevision(
  { config, directory }: TargetOutput,
  revision: string | undefined,
  trust: TrustBundles,
): Promise<Recorded> {
  const ledger = new Ledger(directory);
  const state = await ledger.readState();
  const found = earlier(await ledger.entries(), state?.applied, revision);
  if ('missing' in found) throw new PortError(`target ${config.name}: ${found.missing}`, failed);
  const { entry } = found;
  const next = await ledger.readSnapshot(entry.snapshot);
  if (next === undefined) throw new PortError(`the snapshot of ${entry.id} is gone`, failed);
  return { config, directory, next, lower: await recordedLowering(config, trust), entry };
}
