import type { ExitCode } from '../core/exit-code.ts';
import type { Refusal } from '../core/refusal.ts';
import type { OpenedStore } from '../ports.ts';
import type { Invocation } from '../program.ts';
import { agreedAndCarriedOut } from './delivery/agreed-and-carried-out.ts';
import { type ApprovedPlan, approvedPlan } from './delivery/approved-plan.ts';
import type { DeliveringParts } from './delivery/delivery-parts.ts';
import { type PlannedSpec, plannedSpec } from './delivery/planned-spec.ts';
import { stale } from './delivery/stale.ts';
import { wantedFormats } from './formats.ts';
import { given, meshOptions, value } from './options.ts';
import { withStore } from './with-store.ts';

/** `mesh apply`: plans, asks, and carries the plan out in stages, each accepted by every proxy before the next. */
export async function apply(asked: Invocation, parts: DeliveringParts): Promise<ExitCode> {
  wantedFormats(asked);
  const approved = await approvedPlan(asked, parts);
  const invocation = approved?.invocation ?? asked;
  return withStore(parts.openSpecStore, meshOptions(invocation), async (opened) => {
    const planned = await plannedSpec(opened, invocation, parts);
    if ('exitCode' in planned) return planned.exitCode;
    return applied(planned, approved, opened, invocation, parts);
  });
}

async function applied(
  planned: PlannedSpec,
  approved: ApprovedPlan | undefined,
  { root }: OpenedStore,
  invocation: Invocation,
  parts: DeliveringParts,
): Promise<ExitCode> {
  const { deliveries, origin, ir, trust } = planned;
  const plan = approved?.saved ?? planned.plan;
  const refusals = [
    ...uncommitted(planned, invocation, parts),
    ...(approved ? stale(approved.saved, value(invocation, 'planId'), planned, parts.clock.now()) : []),
  ];
  const run = { command: 'apply' as const, planId: plan.planId, ...origin };
  return agreedAndCarriedOut({ plan, deliveries, run, ir, root, trust, refusals }, invocation, parts);
}

/** What no commit has can't be found again later: at a terminal the plan says so, elsewhere it has to be allowed. */
function uncommitted(
  { origin }: PlannedSpec,
  invocation: Invocation,
  { console }: DeliveringParts,
): readonly Refusal[] {
  const committed = origin.commit !== undefined && origin.dirty !== true;
  if (committed || console.inputIsTerminal || given(invocation, 'allowDirty')) return [];
  const what = origin.commit === undefined ? 'is in no Git commit' : 'has uncommitted changes';
  return [{ code: 64, message: `the spec ${what}: commit it, or say --allow-dirty` }];
}
