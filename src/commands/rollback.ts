import { type Earlier, earlier } from '../core/history/earlier.ts';
import { Ledger } from '../core/history/ledger.ts';
import { ulid } from '../core/history/ulid.ts';
import type { Ir } from '../core/ir/ir.ts';
import { assemblePlan } from '../core/plan/assemble-plan.ts';
import { isWorkToDo } from '../core/plan/plan-target.ts';
import { type OpenedStore, PortError } from '../ports.ts';
import type { Invocation } from '../program.ts';
import { agreed, showPlan } from './delivery/agreed.ts';
import { carryOut } from './delivery/carry-out.ts';
import { conflictCode } from './delivery/conflict-code.ts';
import type { DirectoryTarget } from './delivery/delivered-targets.ts';
import type { DeliveringParts } from './delivery/delivery-parts.ts';
import { issued } from './delivery/issued.ts';
import { outputsOf } from './delivery/outputs-of.ts';
import { plannedDeliveries, type Wanted } from './delivery/planned-deliveries.ts';
import { trustBundles } from './delivery/trust-bundles.ts';
import { meshOptions } from './options.ts';

const declined = 130;
const failed = 1;

/** `mesh rollback`: applies a recorded revision, of which it needs neither sources nor Git. */
export async function rollback(invocation: Invocation, parts: DeliveringParts): Promise<number> {
  const opened = await parts.openSpecStore(meshOptions(invocation));
  try {
    const { ir, outputs, exitCode } = await outputsOf(opened, invocation, parts);
    if (!ir) return exitCode;
    return await rolledBack(ir, outputs, opened, invocation, parts);
  } finally {
    await opened.dispose();
  }
}

type Recorded = Wanted & { readonly found: Extract<Earlier, { entry: unknown }>['entry'] };

async function rolledBack(
  ir: Ir,
  outputs: readonly Pick<Wanted, 'config' | 'directory'>[],
  { store, root }: OpenedStore,
  invocation: Invocation,
  parts: DeliveringParts,
): Promise<number> {
  const [argument] = invocation.arguments;
  const wanted = typeof argument === 'string' ? argument : undefined;
  const recorded: Recorded[] = [];
  for (const output of outputs) recorded.push(await recordedRevision(output, wanted));
  const [first] = recorded;
  if (first === undefined) return 0;
  const trust = await trustBundles(store, ir);
  const planned = await plannedDeliveries(ir, recorded, trust, parts);
  const { found } = first;
  const commit =
    found.commit === undefined
      ? {}
      : { commit: found.commit, ...(found.dirty === undefined ? {} : { dirty: found.dirty }) };
  const plan = assemblePlan(planned, parts.tool, commit);
  showPlan(plan, invocation, parts);
  const conflict = conflictCode(planned);
  if (conflict !== 0) return conflict;
  const ready = await issued(planned, ir, root, trust, parts);
  if (planned.some((delivery) => isWorkToDo(delivery.plan)) && !(await agreed(invocation, parts))) {
    parts.console.error('Nothing was done.\n');
    return declined;
  }
  const now = parts.clock.now();
  const run = {
    id: ulid(now, parts.entropy.bytes(10)),
    command: 'rollback' as const,
    started: now.toISOString(),
    actor: parts.actor,
    tool: parts.tool,
    planId: plan.planId,
    specDigest: found.digests.spec,
    rollbackOf: found.id,
    ...commit,
  };
  return carryOut(ready, run, invocation, parts);
}

async function recordedRevision(
  { config, directory }: { readonly config: DirectoryTarget; readonly directory: Wanted['directory'] },
  wanted: string | undefined,
): Promise<Recorded> {
  const ledger = new Ledger(directory);
  const state = await ledger.readState();
  const found = earlier(await ledger.entries(), state?.applied, wanted);
  if ('missing' in found) throw new PortError(`target ${config.name}: ${found.missing}`, failed);
  const snapshot = await ledger.readSnapshot(found.entry.snapshot);
  if (snapshot === undefined) throw new PortError(`the snapshot of ${found.entry.id} is gone`, failed);
  return { config, directory, next: snapshot, found: found.entry };
}
