import type { Delivery, Run } from '../../core/apply/delivery.ts';
import type { ExitCode } from '../../core/exit-code.ts';
import { ulid } from '../../core/history/ulid.ts';
import type { Ir } from '../../core/ir/ir.ts';
import type { Plan } from '../../core/plan/plan.ts';
import { isWorkToDo } from '../../core/plan/plan-target.ts';
import { type Refusal, refusalCode } from '../../core/refusal.ts';
import { PortError } from '../../ports.ts';
import type { Invocation } from '../../program.ts';
import { palette } from '../../ui/palette.ts';
import { refusalsText } from '../../ui/refusals-text.ts';
import { agreed, showPlan, unasked } from './agreed.ts';
import { carryOut } from './carry-out.ts';
import { conflicts } from './conflicts.ts';
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
  /** Why it must not be carried out, as far as the command knows. */
  readonly refusals?: readonly Refusal[];
}

/** Shows the plan, asks, and carries it out; whatever can fail without a write fails before the question. */
export async function agreedAndCarriedOut(
  { plan, deliveries, run, ir, root, trust, refusals: known = [] }: Undertaking,
  invocation: Invocation,
  parts: DeliveringParts,
): Promise<ExitCode> {
  showPlan(plan, invocation, parts);
  // Where nothing changes there is nothing to agree to.
  const isNeeded = deliveries.some((delivery) => isWorkToDo(delivery.plan));
  const ready = await issuedOrRefused(() => issued(deliveries, ir, root, trust, parts));
  const refusals = [
    ...known,
    ...(isNeeded ? unasked(invocation, parts) : []),
    ...('code' in ready ? [ready] : []),
    ...conflicts(deliveries),
  ];
  if (refusals.length > 0 || 'code' in ready) {
    parts.console.error(refusalsText(refusals, palette(parts.console.errorColour)));
    return refusalCode(refusals);
  }
  if (isNeeded && !(await agreed(invocation, parts))) {
    parts.console.error('Nothing was done.\n');
    return declined;
  }
  const { actor, tool, clock, entropy } = parts;
  const now = clock.now();
  const whole = { ...run, id: ulid(now, entropy.bytes(10)), started: now.toISOString(), actor, tool };
  return carryOut(ready, whole, invocation, parts);
}

/** What was issued, or why nothing could be. */
async function issuedOrRefused(
  issue: () => Promise<readonly Delivery[]>,
): Promise<readonly Delivery[] | Refusal> {
  try {
    return await issue();
  } catch (error) {
    if (error instanceof PortError) return { code: error.exitCode, message: error.message };
    throw error;
  }
}
