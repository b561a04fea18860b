import type { Invocation } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { isOpen, type Journal, readJournal } from '../../core/history/journal.ts';
import { Ledger } from '../../core/history/ledger.ts';
import type { Snapshot } from '../../core/history/snapshot.ts';
import { assemblePlan } from '../../core/plan/assemble-plan.ts';
import type { Delivery } from '../../core/run/delivery.ts';
import { PortError } from '../../ports/port-error.ts';
import { askAndCarryOut } from './ask-and-carry-out.ts';
import type { DeliveringParts } from './delivery-parts.ts';
import { type MeantOutputs, withOutputs } from './meant-outputs.ts';
import { planDeliveries, type Wanted } from './plan-deliveries.ts';
import type { TargetOutput } from './read-outputs.ts';
import { snapshotInForce } from './snapshot-in-force.ts';
import { targetOf } from './target-of.ts';
import { type Held, withLocks } from './with-locks.ts';
import { withSpecEdits } from './with-spec-edits.ts';

interface Stopped extends TargetOutput {
  readonly journal: Journal;
}

/**
 * Resumes the runs that stopped half way, from their journals. Reads only the Mesh document of the spec; with
 * `--directory` reads no spec. Returns undefined if no run stopped half way; the caller then does a plain apply.
 */
export async function resumeRuns(
  invocation: Invocation<'apply' | 'rollback'>,
  parts: DeliveringParts,
): Promise<ExitCode | undefined> {
  return withOutputs(invocation, parts, async (meant) => {
    const stopped = await stoppedRuns(meant);
    const [first] = stopped;
    if (first === undefined) {
      const isFinal = meant.byDirectory || (await isHeld(meant));
      const then = isFinal ? '' : ': this is a plain apply';
      parts.console.error(`No run stopped half way${then}.\n`);
      return isFinal ? exit.success : undefined;
    }
    const places = stopped.map(({ config, output }) => ({ name: config.name, output }));
    const { command, entry, run } = first.journal.begin;
    const beginning = { command, revision: entry?.commit ?? entry?.digests.spec ?? run };
    return withLocks(places, beginning, invocation, parts, async (held) =>
      // Reads the journals again under the locks, since a stopped run may have gone on meanwhile.
      resumeUnderLocks(await stoppedRuns(meant), meant, held, invocation, parts),
    );
  });
}

/** Returns true if a rollback holds an output: a plain apply after `--resume` must not undo it. */
async function isHeld({ outputs }: MeantOutputs): Promise<boolean> {
  for (const { output } of outputs)
    if ((await new Ledger(output.store).readState())?.hold !== undefined) return true;
  return false;
}

async function stoppedRuns({ outputs }: MeantOutputs): Promise<readonly Stopped[]> {
  const found: Stopped[] = [];
  for (const one of outputs) {
    const journal = await readJournal(one.output.store);
    if (journal && isOpen(journal)) found.push({ ...one, journal });
  }
  return found;
}

async function resumeUnderLocks(
  stopped: readonly Stopped[],
  { ir, trust, root, commit }: MeantOutputs,
  held: Held,
  invocation: Invocation<'apply' | 'rollback'>,
  parts: DeliveringParts,
): Promise<ExitCode> {
  const wanted: (Wanted & { readonly next: Snapshot })[] = [];
  for (const one of stopped) wanted.push(await wantedThen(one));
  const planned = withSpecEdits(
    await planDeliveries(ir, wanted, trust, parts, {}, held.locked),
    wanted.map(({ next }) => next.sources),
    ir.environment,
  );
  const deliveries = planned.map((delivery, i) => {
    const one = stopped[i];
    return one ? { ...delivery, resumes: one.journal, recorded: recordedIn(one) } : delivery;
  });
  const [first] = stopped;
  if (first === undefined) return exit.success;
  const { run: id, command, entry } = first.journal.begin;
  const { rollbackOf, specDigest, ...head } = recordedIn(first);
  const plan = assemblePlan(deliveries, parts.tool, head);
  const run = { id, command, planId: entry?.planId ?? plan.planId, specDigest, ...head };
  const whole = { ...run, ...(rollbackOf !== undefined && { rollbackOf }) };
  for (const { config, journal } of stopped) {
    held.log.tell({ type: 'notice', target: config.name, message: goesOn(journal, commit?.id) });
  }
  return askAndCarryOut({ plan, deliveries, run: whole, ir, root, trust }, held, invocation, parts);
}

async function wantedThen({
  config,
  output,
  journal: { begin },
}: Stopped): Promise<Wanted & { readonly next: Snapshot }> {
  const ledger = new Ledger(output.store);
  // A run that changed only certificates left the revision in force.
  const digest = begin.stages.at(-1)?.snapshot ?? begin.entry?.snapshot ?? (await snapshotInForce(output));
  const next = digest === undefined ? undefined : await ledger.readSnapshot(digest);
  if (next === undefined) {
    throw new PortError(
      `target ${config.name}: the snapshot of the stopped run ${begin.run} is gone`,
      exit.failed,
    );
  }
  // Every stage was compiled and recorded before the first write.
  return {
    ...{ config, output, next, target: await targetOf(config), lower: () => next.artifacts },
    claims: begin.claims ?? {},
  };
}

function recordedIn({ journal }: Stopped): NonNullable<Delivery['recorded']> {
  const { rollbackOf, commit, dirty, digests } = journal.begin.entry ?? {};
  return {
    ...(rollbackOf !== undefined && { rollbackOf }),
    ...(commit !== undefined && { commit }),
    ...(dirty !== undefined && { dirty }),
    specDigest: digests?.spec ?? '',
  };
}

/** Reports the resumed run, and that Git has moved on since it began. */
function goesOn({ begin: { run, command, entry } }: Journal, head: string | undefined): string {
  const from = entry?.commit === undefined ? '' : `, commit ${entry.commit.slice(0, 12)}`;
  const by = entry === undefined ? '' : ` of ${entry.actor} (${entry.started}${from})`;
  const ahead =
    command === 'apply' && head !== undefined && entry?.commit !== undefined && head !== entry.commit
      ? `; Git is at ${head.slice(0, 12)} by now: apply again to follow it`
      : '';
  return `goes on with the ${command} ${run}${by}${ahead}`;
}
