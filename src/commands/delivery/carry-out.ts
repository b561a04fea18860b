import type { Options } from '../../command-table/invocation.ts';
import type { ExitCode } from '../../core/exit-code.ts';
import type { Delivery, Run } from '../../core/run/delivery.ts';
import { runDeliveries } from '../../core/run/run-deliveries.ts';
import type { DeliveringParts } from './delivery-parts.ts';
import { durationOf } from './duration-option.ts';
import type { EventLog } from './event-log.ts';
import { nextSteps } from './next-steps.ts';

const minute = 60_000;

/** Carries out planned deliveries and reports the events. Returns the exit code. */
export async function carryOut(
  deliveries: readonly Delivery[],
  run: Run,
  log: EventLog,
  options: Options<'timeout'>,
  { clock, admin, signal }: DeliveringParts,
): Promise<ExitCode> {
  const timeout = durationOf(options, 'timeout', minute);
  const { command, tool, rollbackOf, commit, specDigest } = run;
  const revision = rollbackOf ?? commit ?? specDigest;
  await log.watch(
    deliveries.map(({ name }) => name),
    { command, tool, revision },
  );
  const running = runDeliveries(deliveries, run, { clock, admin, signal, timeout });
  for (;;) {
    const step = await running.next();
    if (step.done) return step.value;
    if (step.value.type === 'end') for (const notice of nextSteps(deliveries, step.value)) log.tell(notice);
    log.tell(step.value);
  }
}
