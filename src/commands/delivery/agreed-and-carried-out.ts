import type { Run } from '../../core/apply/delivery.ts';
import type { ExitCode } from '../../core/exit-code.ts';
import { ulid } from '../../core/history/ulid.ts';
import type { Ir } from '../../core/ir/ir.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { isWorkToDo } from '../../core/plan/plan-target.ts';
import type { Invocation } from '../../program.ts';
import { agreed, showPlan } from './agreed.ts';
import { carryOut } from './carry-out.ts';
import { conflictCode } from './conflict-code.ts';
import type { DeliveringParts } from './delivery-parts.ts';
import { issued } from './issued.ts';
import type { PlannedDelivery } from './planned-deliveries.ts';
import type { TrustBundles } from './trust-bundles.ts';

const declined = 130;

/** A plan with all that carrying it out needs. */
export interface Undertaking {
  readonly plan: Plan;
  readonly deliveries: readonly PlannedDelivery[];
  readonly run: Omit<Run, 'id' | 'started' | 'actor' | 'tool'>;
  readonly ir: Ir;
  readonly root: string;
  readonly trust: TrustBundles;
}

/** Shows the plan, asks, and carries it out; whatever can fail without a write fails before the question. */
export async function agreedAndCarriedOut(
  { plan, deliveries, run, ir, root, trust }: Undertaking,
  invocation: Invocation,
  parts: DeliveringParts,
): Promise<ExitCode> {
  showPlan(plan, invocation, parts);
  const conflict = conflictCode(deliveries);
  if (conflict !== 0) return conflict;
  const ready = await issued(deliveries, ir, root, trust, parts);
  // Where nothing changes there is nothing to agree to.
  const isNeeded = deliveries.some((delivery) => isWorkToDo(delivery.plan));
  if (isNeeded && !(await agreed(invocation, parts))) {
    parts.console.error('Nothing was done.\n');
    return declined;
  }
  const { actor, tool, clock, entropy } = parts;
  const now = clock.now();
  const whole = { ...run, id: ulid(now, entropy.bytes(10)), started: now.toISOString(), actor, tool };
  return carryOut(ready, whole, invocation, parts);
}
