import type { ExitCode } from '../core/exit-code.ts';
import { type OpenedStore, PortError } from '../ports.ts';
import type { Invocation } from '../program.ts';
import { agreedAndCarriedOut } from './delivery/agreed-and-carried-out.ts';
import type { DeliveringParts } from './delivery/delivery-parts.ts';
import { type PlannedSpec, plannedSpec } from './delivery/planned-spec.ts';
import { wantedFormats } from './formats.ts';
import { given, meshOptions } from './options.ts';
import { withStore } from './with-store.ts';

const usage = 64;

/** `mesh apply`: plans, asks, and carries the plan out in stages, each accepted by every proxy before the next. */
export async function apply(invocation: Invocation, parts: DeliveringParts): Promise<ExitCode> {
  wantedFormats(invocation);
  return withStore(parts.openSpecStore, meshOptions(invocation), async (opened) => {
    const planned = await plannedSpec(opened, invocation, parts);
    return 'exitCode' in planned ? planned.exitCode : applied(planned, opened, invocation, parts);
  });
}

async function applied(
  planned: PlannedSpec,
  { root }: OpenedStore,
  invocation: Invocation,
  parts: DeliveringParts,
): Promise<ExitCode> {
  const { plan, deliveries, origin, ir, trust } = planned;
  refuseUncommitted(planned, invocation, parts);
  const run = { command: 'apply' as const, planId: plan.planId, ...origin };
  return agreedAndCarriedOut({ plan, deliveries, run, ir, root, trust }, invocation, parts);
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
