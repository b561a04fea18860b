import { ulid } from '../core/history/ulid.ts';
import { isWorkToDo } from '../core/plan/plan-target.ts';
import { PortError } from '../ports.ts';
import type { Invocation } from '../program.ts';
import { agreed, showPlan } from './delivery/agreed.ts';
import { carryOut } from './delivery/carry-out.ts';
import { conflictCode } from './delivery/conflict-code.ts';
import type { DeliveringParts } from './delivery/delivery-parts.ts';
import { issued } from './delivery/issued.ts';
import { type PlannedSpec, plannedSpec } from './delivery/planned-spec.ts';
import { given } from './options.ts';

const usage = 64;
const declined = 130;

/** `mesh apply`: plans, asks, and carries the plan out in stages, each accepted by every proxy before the next. */
export async function apply(invocation: Invocation, parts: DeliveringParts): Promise<number> {
  const planned = await plannedSpec(invocation, parts);
  if ('exitCode' in planned) return planned.exitCode;
  try {
    return await applied(planned, invocation, parts);
  } finally {
    await planned.opened.dispose();
  }
}

async function applied(
  planned: PlannedSpec,
  invocation: Invocation,
  parts: DeliveringParts,
): Promise<number> {
  const { plan, deliveries, origin, ir, opened, trust } = planned;
  refuseUncommitted(planned, invocation, parts);
  showPlan(plan, invocation, parts);
  const conflict = conflictCode(deliveries);
  if (conflict !== 0) return conflict;
  // Whatever can fail without a write fails before the question.
  const ready = await issued(deliveries, ir, opened.root, trust, parts);
  // Where nothing changes there is nothing to agree to.
  const needed = deliveries.some((delivery) => isWorkToDo(delivery.plan));
  if (needed && !(await agreed(invocation, parts))) {
    parts.console.error('Nothing was done.\n');
    return declined;
  }
  const now = parts.clock.now();
  const run = {
    id: ulid(now, parts.entropy.bytes(10)),
    command: 'apply' as const,
    started: now.toISOString(),
    actor: parts.actor,
    tool: parts.tool,
    planId: plan.planId,
    ...origin,
  };
  return carryOut(ready, run, invocation, parts);
}

/** What no commit has can't be found again later: at a terminal the plan says so, elsewhere it has to be allowed. */
function refuseUncommitted(
  { origin }: PlannedSpec,
  invocation: Invocation,
  { console }: DeliveringParts,
): void {
  const committed = origin.commit !== undefined && origin.dirty !== true;
  if (committed || console.inputIsTerminal || given(invocation, 'allowDirty')) return;
  const what = origin.commit === undefined ? 'is in no Git commit' : 'has uncommitted changes';
  throw new PortError(`the spec ${what}: commit it, or say --allow-dirty`, usage);
}
