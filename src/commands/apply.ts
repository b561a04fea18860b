import type { Invocation, Options } from '../command-table/invocation.ts';
import { recordsAfterApply } from '../core/canary/record/records-after-apply.ts';
import { RolloutRecords } from '../core/canary/record/rollout-records.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import type { Ir } from '../core/ir/ir.ts';
import { specChangesText } from '../core/plan/spec-change.ts';
import { specGuards } from '../core/plan/spec-guards.ts';
import type { Refusal } from '../core/refusal.ts';
import { UsageError } from '../core/usage-error.ts';
import type { OpenedStore } from '../ports/spec-store.ts';
import { comparedWithApplied } from './compared-with-applied.ts';
import { allowancesOf } from './delivery/allowances-of.ts';
import { askAndCarryOut } from './delivery/ask-and-carry-out.ts';
import type { DeliveringParts } from './delivery/delivery-parts.ts';
import { compileSpec, planSpec, type WantedSpec } from './delivery/plan-spec.ts';
import { type ApprovedPlan, readApprovedPlan } from './delivery/read-approved-plan.ts';
import { refuseBrokenTrust } from './delivery/refuse-broken-trust.ts';
import { refuseByGuards } from './delivery/refuse-by-guards.ts';
import { refuseByRules } from './delivery/refuse-by-rules.ts';
import { refuseHeld } from './delivery/refuse-held.ts';
import { refuseRollouts } from './delivery/refuse-rollouts.ts';
import { refuseStale } from './delivery/refuse-stale.ts';
import { resumeRuns } from './delivery/resume-runs.ts';
import { type Held, withLocks } from './delivery/with-locks.ts';
import { wantedFormats } from './formats.ts';
import { meshOptions } from './options.ts';
import { withStore } from './with-store.ts';

/** `mesh apply`: plans, asks, and carries the plan out in stages, each accepted by every proxy before the next. */
export async function apply(asked: Invocation<'apply'>, parts: DeliveringParts): Promise<ExitCode> {
  wantedFormats(asked);
  const approved = await readApprovedPlan(asked, parts);
  const invocation = approved?.invocation ?? asked;
  if (invocation.resume) {
    if (approved) throw new UsageError('--resume goes on with what was recorded: leave the plan out');
    const code = await resumeRuns(invocation, parts);
    if (code !== undefined) return code;
  } else if (invocation.directory !== undefined) {
    throw new UsageError('--directory is for --resume: anything else needs the spec');
  }
  return withStore(parts.openSpecStore, meshOptions(invocation), async (opened) => {
    const spec = await compileSpec(opened, invocation, parts, 'run');
    if ('exitCode' in spec) return spec.exitCode;
    return planAndApply(spec, approved, opened, invocation, parts);
  });
}

/** Applies the spec; reads the outputs only after they are locked. */
function planAndApply(
  spec: WantedSpec,
  approved: ApprovedPlan | undefined,
  { root, store }: OpenedStore,
  invocation: Invocation<'apply'>,
  parts: DeliveringParts,
): Promise<ExitCode> {
  const { ir, trust, origin } = spec;
  const allowed = allowancesOf(invocation);
  const places = spec.wanted.map(({ config, output }) => ({ name: config.name, output }));
  const beginning = { command: 'apply' as const, revision: origin.commit ?? origin.specDigest };
  return withLocks(places, beginning, invocation, parts, async (held) => {
    const planned = await planSpec(spec, allowed, parts, held.locked, invocation);
    const { deliveries } = planned;
    const plan = approved?.saved ?? comparedWithApplied(planned);
    const refusals = [
      ...uncommitted(spec, invocation, parts),
      ...refuseByGuards({ guardrails: specGuards(spec.broken ?? []) }),
      ...refuseHeld(deliveries, invocation),
      ...refuseBrokenTrust(deliveries, ir.trustDomain, trust, parts.reader, invocation.allowTrustBreak),
      ...refuseRollouts(ir, planned.wanted, invocation),
      ...(await refuseByRules(planned, approved !== undefined, store)),
      ...(approved ? refuseStale(approved.saved, invocation.planId, planned, parts.clock.now()) : []),
    ];
    const run = { command: 'apply' as const, planId: plan.planId, ...origin };
    const record = () => recordRollouts(ir, planned.wanted, held, parts);
    const undertaking = { plan, deliveries, run, ir, root, trust, refusals, record };
    return askAndCarryOut(undertaking, held, invocation, parts);
  });
}

/** Writes the changed records of Rollouts, before the weights that they explain. */
async function recordRollouts(
  ir: Ir,
  wanted: WantedSpec['wanted'],
  { locked }: Held,
  { clock }: DeliveringParts,
): Promise<void> {
  for (const { config, rollouts = [] } of wanted) {
    const output = locked.get(config.name)?.output;
    if (output === undefined || rollouts.length === 0) continue;
    const records = new RolloutRecords(output.store);
    const { written, removed } = recordsAfterApply(ir, rollouts, clock.now().toISOString());
    for (const record of written) await records.write(record);
    for (const rollout of removed) await records.remove(rollout);
  }
}

/** Refuses a spec that no commit holds, since nobody could find it again; at a terminal the plan warns instead. */
function uncommitted(
  { origin, changes = [] }: WantedSpec,
  { allowDirty }: Options<'allowDirty'>,
  { console }: DeliveringParts,
): readonly Refusal[] {
  const committed = origin.commit !== undefined && origin.dirty !== true;
  if (committed || console.inputIsTerminal || allowDirty) return [];
  const what =
    origin.commit === undefined
      ? 'is in no Git commit'
      : `has uncommitted changes (of ${origin.commit.slice(0, 12)} ${specChangesText(changes)})`;
  return [{ code: exit.usage, message: `the spec ${what}: commit it, or say --allow-dirty` }];
}
