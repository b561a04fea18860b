import type { Options } from '../../command-table/invocation.ts';
import type { ExitCode } from '../../core/exit-code.ts';
import { countsOf } from '../../core/plan/assemble-plan.ts';
import type { Delivery, Run } from '../../core/run/delivery.ts';
import type { Outcome } from '../../core/run/event.ts';
import { runDeliveries } from '../../core/run/run-deliveries.ts';
import { runEndText } from '../../ui/run-end-text.ts';
import { wrapLines } from '../../ui/wrap-lines.ts';
import { isForPeople } from '../formats.ts';
import type { DeliveringParts } from './delivery-parts.ts';
import { durationOf } from './duration-option.ts';
import type { EventLog } from './event-log.ts';
import { nextSteps } from './next-steps.ts';
import { type PlaceOptions, placeText } from './place-text.ts';
import { ProxyStates } from './proxy-states.ts';
import { wayBack } from './way-back.ts';

const minute = 60_000;

/** Carries out planned deliveries and reports the events. Returns the exit code. */
export async function carryOut(
  deliveries: readonly Delivery[],
  run: Run,
  log: EventLog,
  options: CarryingOptions,
  { clock, admin, signal, console }: DeliveringParts,
): Promise<ExitCode> {
  const timeout = durationOf(options, 'timeout', minute);
  const { command, tool, rollbackOf, commit, specDigest, id } = run;
  const revision = rollbackOf ?? commit ?? specDigest;
  await log.watch(
    deliveries.map(({ name }) => name),
    { command, tool, revision },
  );
  const started = clock.monotonic();
  const running = runDeliveries(deliveries, run, { clock, admin, signal, timeout });
  const states = new ProxyStates();
  let outcome: Outcome | undefined;
  for (;;) {
    const step = await running.next();
    if (step.done) {
      // The live view ends first, so that it leaves nothing between these lines.
      await log.close();
      if (outcome !== undefined && isSaid(run, options)) {
        const proxies = states.counts(deliveries, outcome);
        const planned = countsOf(deliveries.map(({ plan }) => plan));
        const milliseconds = clock.monotonic() - started;
        const back = wayBack(deliveries, outcome);
        const place = placeText(options);
        const end = { command, id, outcome, planned, proxies, milliseconds, place, back };
        const columns = console.outIsTerminal ? console.columns : Number.POSITIVE_INFINITY;
        console.out(wrapLines(runEndText(end), columns), 'text');
      }
      return step.value;
    }
    const event = step.value;
    states.note(event);
    if (event.type === 'end') {
      ({ outcome } = event);
      for (const notice of nextSteps(deliveries, event)) log.tell(notice);
    }
    log.tell(event);
  }
}

type CarryingOptions = Options<'timeout' | 'format' | 'output' | 'quiet'> & PlaceOptions;

/** Returns true if standard output is for people: programs read the end of a run as an event. */
function isSaid({ command }: Run, options: CarryingOptions): boolean {
  const isOurs = command === 'apply' || command === 'rollback';
  return isOurs && isForPeople(options) && options.output === undefined && options.quiet !== true;
}
