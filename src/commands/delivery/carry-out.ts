import type { Delivery, Run } from '../../core/apply/delivery.ts';
import { runDeliveries } from '../../core/apply/run-deliveries.ts';
import { stamped } from '../../core/apply/stamped-event.ts';
import type { ExitCode } from '../../core/exit-code.ts';
import { parseDuration } from '../../core/spec/duration.ts';
import { PortError } from '../../ports.ts';
import type { Invocation } from '../../program.ts';
import { eventJson } from '../../ui/event-json.ts';
import { wantedFormats } from '../formats.ts';
import { value } from '../options.ts';
import type { DeliveringParts } from './delivery-parts.ts';
import { follower } from './follower.ts';

const usage = 64;
const minute = 60_000;

/** Carries planned deliveries out and shows what happens: to people, or as ndjson. Answers the exit code. */
export async function carryOut(
  deliveries: readonly Delivery[],
  run: Run,
  invocation: Invocation,
  parts: DeliveringParts,
): Promise<ExitCode> {
  const { console, clock } = parts;
  const wanted = wantedFormats(invocation).filter(({ format }) => format === 'ndjson');
  const output = value(invocation, 'output');
  const files = wanted.flatMap(({ file = output }) => file ?? []);
  const toOut = wanted.some(({ file }) => file === undefined) && output === undefined;
  let kept = '';
  const running = runDeliveries(deliveries, run, {
    clock,
    admin: parts.admin,
    signal: parts.signal,
    timeout: timeoutOf(invocation),
  });
  const targets = deliveries.map(({ name }) => name);
  const people = await follower(targets, invocation, parts);
  try {
    let step = await running.next();
    for (let seq = 1; !step.done; seq++) {
      const event = eventJson(stamped(step.value, seq, clock.now(), run.id));
      if (files.length > 0) kept += event;
      if (toOut) console.out(event);
      people.show(step.value);
      step = await running.next();
    }
    for (const file of files) await parts.writeOutput(file, kept);
    return step.value;
  } finally {
    await people.end();
  }
}

/** How long each wait may take: `--timeout`, a minute by default. */
function timeoutOf(invocation: Invocation): number {
  const written = value(invocation, 'timeout');
  if (written === undefined) return minute;
  const timeout = parseDuration(written);
  if (Number.isNaN(timeout))
    throw new PortError(`--timeout ${JSON.stringify(written)} is no duration such as 90s`, usage);
  return timeout;
}
