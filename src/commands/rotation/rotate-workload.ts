import type { Invocation } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { isOpen, type Journal, readJournal } from '../../core/history/journal.ts';
import { assemblePlan } from '../../core/plan/assemble-plan.ts';
import { revisionDigest } from '../../core/revision/revision-files.ts';
import type { Delivery } from '../../core/run/delivery.ts';
import { PortError } from '../../ports/port-error.ts';
import { chosenTargets } from '../chosen-targets.ts';
import { carryOut } from '../delivery/carry-out.ts';
import type { DeliveringParts } from '../delivery/delivery-parts.ts';
import { issueCertificates } from '../delivery/issue-certificates.ts';
import { holdsMaterial, isDelivered, openOutput } from '../delivery/open-output.ts';
import { planDeliveries, type Wanted } from '../delivery/plan-deliveries.ts';
import { readMeshAlone, type TargetOutput } from '../delivery/read-outputs.ts';
import { recordedLowering } from '../delivery/recorded-lowering.ts';
import { refuseBrokenTrust } from '../delivery/refuse-broken-trust.ts';
import { refuseConflicts } from '../delivery/refuse-conflicts.ts';
import { revisionInForce } from '../delivery/snapshot-in-force.ts';
import { targetOf } from '../delivery/target-of.ts';
import { type TrustBundles, trustBundles } from '../delivery/trust-bundles.ts';
import { type Held, withLocks } from '../delivery/with-locks.ts';
import { wantedFormats } from '../formats.ts';
import { meshOptions } from '../options.ts';
import { withStore } from '../with-store.ts';

/**
 * `mesh certs rotate workload`: renews the due certificates of the revision in force at each target, under its lock. Of
 * the spec it reads only the Mesh document; it writes no configuration.
 */
export async function rotateWorkload(
  invocation: Invocation<'certs rotate workload'>,
  parts: DeliveringParts,
): Promise<ExitCode> {
  wantedFormats(invocation);
  return withStore(parts.openSpecStore, meshOptions(invocation), async (opened) => {
    const ir = await readMeshAlone(opened.store, invocation, parts);
    if (ir === undefined) return exit.findings;
    // Outputs without certificates aren't opened: they may be out of reach.
    const outputs: TargetOutput[] = [];
    for (const name of chosenTargets(ir, invocation.target ?? [])) {
      const config = ir.targets[name];
      if (config === undefined || !isDelivered(config) || !holdsMaterial(config)) continue;
      outputs.push({ config, output: await openOutput(opened.root, config, ir, parts) });
    }
    if (outputs.length === 0) {
      parts.console.error('No output of these targets holds certificates: there is nothing to renew.\n');
      return exit.success;
    }
    const trust = await trustBundles(opened.store, ir, parts.reader);
    const commit = await opened.store.commit();
    const places = outputs.map(({ config, output }) => ({ name: config.name, output }));
    const beginning = { command: 'certs rotate' as const, revision: commit?.id ?? 'what is applied' };
    return withLocks(places, beginning, invocation, parts, (held) =>
      renew({ outputs, ir, trust, root: opened.root }, held, invocation, parts),
    );
  });
}

interface Renewed {
  readonly outputs: readonly TargetOutput[];
  readonly ir: Parameters<typeof issueCertificates>[1];
  readonly trust: TrustBundles;
  readonly root: string;
}

async function renew(
  { outputs, ir, trust, root }: Renewed,
  held: Held,
  invocation: Invocation<'certs rotate workload'>,
  parts: DeliveringParts,
): Promise<ExitCode> {
  const { log, locked, id, started } = held;
  const { tool, actor } = parts;
  const wanted: Wanted[] = [];
  const stopped = new Map<string, Journal>();
  for (const one of outputs) {
    const journal = await stoppedRenewal(one);
    if (journal) stopped.set(one.config.name, journal);
    wanted.push(await revisionToRenew(one, trust));
  }
  const planned = (await planDeliveries(ir, wanted, trust, parts, {}, locked)).map((delivery) => ({
    ...delivery,
    ...resumed(stopped.get(delivery.name)),
    // Files that somebody changed by hand stay: only an apply writes configuration.
    observed: { ...delivery.observed, altered: [] },
    plan: { ...delivery.plan, files: [], objects: [], restarts: [] },
  }));
  const [conflict] = [
    ...refuseConflicts(planned),
    ...refuseBrokenTrust(planned, ir.trustDomain, trust, parts.reader),
  ];
  if (conflict !== undefined) throw new PortError(conflict.message, conflict.code);
  const ready = await issueCertificates(planned, ir, root, trust, parts);
  const deliveries = ready.flatMap((delivery): readonly Delivery[] => {
    const one = locked.get(delivery.name);
    return one ? [{ ...delivery, ...one }] : [];
  });
  const { planId } = assemblePlan(deliveries, tool, {});
  const specDigest = revisionDigest(deliveries.flatMap(({ next }) => next.artifacts));
  const run = { id, started, actor, tool, command: 'certs rotate' as const, planId, specDigest };
  return carryOut(deliveries, run, log, invocation, parts);
}

/**
 * Returns the journal of a killed renewal, which this renewal finishes. Throws PortError(8) if an apply or a rollback
 * stopped half way: a renewal would close its journal.
 */
async function stoppedRenewal({ config, output }: TargetOutput): Promise<Journal | undefined> {
  const journal = await readJournal(output.store);
  if (journal === undefined || !isOpen(journal)) return undefined;
  const { command, run, stages, entry } = journal.begin;
  if (stages.length === 0 && entry === undefined) return journal;
  throw new PortError(
    `target ${config.name}: the ${command} ${run} stopped half way; finish it, which renews certificates, too: mesh apply --resume --target ${config.name}`,
    exit.incomplete,
  );
}

function resumed(journal: Journal | undefined): Pick<Delivery, 'resumes'> {
  return journal === undefined ? {} : { resumes: journal };
}

/** Returns the revision in force. Throws PortError(5) if nothing is applied. */
async function revisionToRenew({ config, output }: TargetOutput, trust: TrustBundles): Promise<Wanted> {
  const next = await revisionInForce(output);
  if (next === undefined)
    throw new PortError(
      `target ${config.name}: nothing is applied there, or its record is gone; mesh apply issues its certificates`,
      exit.stale,
    );
  const target = await targetOf(config);
  return { config, output, next, target, lower: recordedLowering(target, config, trust) };
}
