import type { Invocation } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { Failure } from '../../core/failure.ts';
import { Ledger } from '../../core/history/ledger.ts';
import type { Observed } from '../../core/history/observed.ts';
import type { Ir } from '../../core/ir/ir.ts';
import type { OutputDriver } from '../../core/outputs/output-driver.ts';
import { countsOf } from '../../core/plan/assemble-plan.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { isWorkToDo } from '../../core/plan/plan-target.ts';
import { type Refusal, refusalCode } from '../../core/refusal.ts';
import type { Delivery, Run } from '../../core/run/delivery.ts';
import { palette } from '../../ui/palette.ts';
import type { PlanTextOptions } from '../../ui/plan-text.ts';
import { refusalsText } from '../../ui/refusals-text.ts';
import { wrapLines } from '../../ui/wrap-lines.ts';
import { askForConsent, refuseUnasked, showPlan } from './ask-for-consent.ts';
import { carryOut } from './carry-out.ts';
import type { DeliveringParts } from './delivery-parts.ts';
import type { EventLog } from './event-log.ts';
import { type IssuedDelivery, issueCertificates } from './issue-certificates.ts';
import type { PlannedDelivery } from './plan-deliveries.ts';
import { refuseByGuards } from './refuse-by-guards.ts';
import { refuseConflicts } from './refuse-conflicts.ts';
import type { TrustBundles } from './trust-bundles.ts';
import type { Held } from './with-locks.ts';

/** A plan with everything that `carryOut` needs. */
export interface Undertaking {
  readonly plan: Plan;
  readonly deliveries: readonly PlannedDelivery[];
  /** The record of the run; a resumed run has its id already. */
  readonly run: Omit<Run, 'id' | 'started' | 'actor' | 'tool'> & { readonly id?: string };
  readonly ir: Ir;
  readonly root: string;
  readonly trust: TrustBundles;
  /** The command's own reasons to refuse the run. */
  readonly refusals?: readonly Refusal[];
  /** Writes what has to be recorded before the first change; called once nothing refuses the run. */
  readonly record?: () => Promise<void>;
}

/** Shows the plan, asks, and carries the plan out. All checks that need no write come before the question. */
export async function askAndCarryOut(
  { plan, deliveries, run, ir, root, trust, refusals: known = [], record }: Undertaking,
  { log, locked, id, started }: Held,
  invocation: Invocation<'apply' | 'rollback'>,
  parts: DeliveringParts,
): Promise<ExitCode> {
  const { actor, tool } = parts;
  log.start({ command: run.command, tool, revision: run.rollbackOf ?? run.commit ?? run.specDigest });
  showPlan(plan, invocation, parts, uncomparedBy(run, deliveries));
  // Without changes there is no question.
  const isNeeded = deliveries.some(
    ({ plan: own, observed }) => isWorkToDo(own) || observed.isRebuilt === true,
  );
  const ready = await issueOrRefuse(() => issueCertificates(deliveries, ir, root, trust, parts));
  const refusals = [
    ...known,
    // An interrupted run passed the guardrails when it began: check only new runs.
    ...(deliveries.some(({ resumes }) => resumes !== undefined) ? [] : refuseByGuards(withoutKnown(plan))),
    ...(isNeeded ? refuseUnasked(invocation, parts) : []),
    ...('code' in ready ? [ready] : []),
    ...refuseConflicts(deliveries),
  ];
  if (refusals.length > 0 || 'code' in ready) {
    showRefusals(refusals, parts);
    return endRefused(log, refusals);
  }
  if (isNeeded && !(await askForConsent(invocation, parts))) {
    parts.console.error('Nothing was done.\n');
    const exitCode = parts.signal.reason === exit.terminated ? exit.terminated : exit.interrupted;
    log.end({ outcome: { result: 'declined' }, exitCode, counts: countsOf([]) });
    return exitCode;
  }
  for (const { name, observed } of deliveries) {
    const one = locked.get(name);
    if (one) await writeRebuilt(one.output, observed);
  }
  await record?.();
  const whole = ready.flatMap((delivery): readonly Delivery[] => {
    const one = locked.get(delivery.name);
    return one ? [{ ...delivery, ...one }] : [];
  });
  return carryOut(whole, { id, started, actor, tool, ...run }, log, invocation, parts);
}

/**
 * Returns the reason why a plan has no meaning. A rollback is often urgent, and a proof of what it changes takes time in a
 * large mesh; a resumed run goes on with a plan that was shown when it began.
 */
function uncomparedBy(
  { command }: Pick<Run, 'command'>,
  deliveries: readonly Pick<PlannedDelivery, 'resumes'>[],
): Pick<PlanTextOptions, 'uncompared'> {
  if (deliveries.some(({ resumes }) => resumes !== undefined))
    return { uncompared: 'a resumed run goes on with what was planned' };
  return command === 'rollback' ? { uncompared: 'a rollback does not wait; --dry-run does' } : {};
}

function showRefusals(refusals: readonly Refusal[], { console }: Pick<DeliveringParts, 'console'>): void {
  const columns = console.liveError === undefined ? Number.POSITIVE_INFINITY : console.columns;
  console.error(wrapLines(refusalsText(refusals, palette(console.errorColour)), columns));
}

/**
 * A saved plan may name a hold that was released since: the command itself refuses a run by the holds and by the
 * Guardrails of now.
 */
function withoutKnown(plan: Plan): Plan {
  return {
    ...plan,
    guardrails: (plan.guardrails ?? []).filter(({ rule }) => rule !== 'hold' && rule !== 'spec'),
  };
}

/** Writes lost records that could be rebuilt from other files of the output. */
async function writeRebuilt(output: OutputDriver, observed: Observed): Promise<void> {
  if (observed.isRebuilt) await new Ledger(output.store).writeState(observed.state);
  await output.repair(observed);
}

/** Reports to programs why the run is refused. Of several reasons, reports the one whose exit code the run has. */
function endRefused(log: EventLog, refusals: readonly Refusal[]): ExitCode {
  const exitCode = refusalCode(refusals);
  const messages = refusals.map(({ message, details = [] }) => [message, ...details].join('; '));
  const cause = { code: exitCode, message: messages.join('\n') };
  log.end({ outcome: { result: 'refused', cause }, exitCode, counts: countsOf([]) });
  return exitCode;
}

/** Issues certificates, or returns the reason why none can be issued. */
async function issueOrRefuse(
  issue: () => Promise<readonly IssuedDelivery[]>,
): Promise<readonly IssuedDelivery[] | Refusal> {
  try {
    return await issue();
  } catch (error) {
    if (error instanceof Failure) return { code: error.exitCode, message: error.message };
    throw error;
  }
}
