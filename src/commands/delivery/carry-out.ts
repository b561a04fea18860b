import type { Options } from '../../command-table/invocation.ts';
import type { ExitCode } from '../../core/exit-code.ts';
import { shellWord } from '../../core/lib/shell-word.ts';
import { countsOf } from '../../core/plan/assemble-plan.ts';
import type { Delivery, Run } from '../../core/run/delivery.ts';
import type { Event, Outcome } from '../../core/run/event.ts';
import { runDeliveries } from '../../core/run/run-deliveries.ts';
import { runEndText } from '../../ui/run-end-text.ts';
import { wrapLines } from '../../ui/wrap-lines.ts';
import { isForPeople } from '../formats.ts';
import type { DeliveringParts } from './delivery-parts.ts';
import { durationOf } from './duration-option.ts';
import type { EventLog } from './event-log.ts';
import { nextSteps } from './next-steps.ts';
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
  const states = new Map<string, (Event & { readonly type: 'proxy' })['state']>();
  let outcome: Outcome | undefined;
  for (;;) {
    const step = await running.next();
    if (step.done) {
      // The live view ends first, so that it leaves nothing between these lines.
      await log.close();
      if (outcome !== undefined && isSaid(run, options)) {
        const count = (wanted: string) => [...states.values()].filter((state) => state === wanted).length;
        const proxies = { accepted: count('accepted'), rejected: count('rejected'), unseen: count('unseen') };
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
    if (event.type === 'proxy') states.set(event.id, event.state);
    if (event.type === 'end') {
      ({ outcome } = event);
      for (const notice of nextSteps(deliveries, event)) log.tell(notice);
    }
    log.tell(event);
  }
}

type CarryingOptions = Options<'timeout' | 'format' | 'output' | 'quiet'> &
  Partial<Options<'root' | 'repo' | 'env' | 'directory' | 'target'>>;

/** Returns true if standard output is for people: programs read the end of a run as an event. */
function isSaid({ command }: Run, options: CarryingOptions): boolean {
  const isOurs = command === 'apply' || command === 'rollback';
  return isOurs && isForPeople(options) && options.output === undefined && options.quiet !== true;
}

/** Returns the options that name the same outputs for the next command, each after a space. */
function placeText({ root, repo, env, directory, target }: CarryingOptions): string {
  const given: readonly (readonly [string, string | undefined])[] = [
    ['--root', root],
    ['--repo', repo],
    ['--env', env],
    ['--directory', directory],
    ...[target ?? []].flat().map((name) => ['--target', name] as const),
  ];
  return given
    .flatMap(([flag, value]) => (value === undefined ? [] : [` ${flag} ${shellWord(value)}`]))
    .join('');
}
