import type { Invocation, Options } from '../../command-table/invocation.ts';
import { type Drift, driftKey } from '../../core/drift/drift.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import { ulid } from '../../core/history/ulid.ts';
import { countsOf } from '../../core/plan/assemble-plan.ts';
import type { Event } from '../../core/run/event.ts';
import { stopped } from '../../core/run/outcomes.ts';
import { stamped } from '../../core/run/stamped-event.ts';
import { UsageError } from '../../core/usage-error.ts';
import { driftText } from '../../ui/drift-text.ts';
import { eventJson } from '../../ui/event-json.ts';
import { palette } from '../../ui/palette.ts';
import { wantedFormats } from '../formats.ts';
import type { WatchingParts } from './delivery-parts.ts';
import { durationOf } from './duration-option.ts';
import { type FoundDrift, lookForDrift } from './look-for-drift.ts';
import type { MeantOutputs } from './meant-outputs.ts';

const seconds = 1000;

/**
 * Looks for drift repeatedly until a signal comes or `--for` is over. Reports each difference when it begins and when
 * it ends.
 */
export async function watchDrift(
  meant: MeantOutputs,
  invocation: Invocation<'drift'>,
  parts: WatchingParts,
): Promise<ExitCode> {
  const { every, until } = times(invocation, parts);
  const { clock, signal, tool, entropy } = parts;
  const run = ulid(clock.now(), entropy.bytes(10));
  let seq = 0;
  const machine = wantedFormats(invocation).some(({ format }) => format === 'ndjson');
  const tell = (event: Event): void => {
    if (machine) parts.console.out(eventJson(stamped(event, ++seq, clock.now(), run)), 'json');
  };
  tell({ type: 'start', command: 'drift', tool, revision: 'live' });
  let known: Known = new Map();
  let said: string | undefined;
  while (!signal.aborted && clock.monotonic() < until) {
    const changes: ((signal: AbortSignal) => Promise<void> | undefined)[] = [];
    const found = await lookForDrift(meant, parts, (output, observed) => {
      changes.push((ended) => output.whenChanged?.(observed, ended));
    });
    const now = keyed(found);
    for (const [key, one] of now) if (!known.has(key)) tell(begun(one));
    for (const [key, one] of known) if (!now.has(key)) tell(ended(one));
    const keys = [...now.keys()].join();
    if (!machine && keys !== said) show(found, invocation, parts);
    said = keys;
    known = now;
    await untilNext(changes, { every, until }, parts);
  }
  const end = endOf(signal, known.size > 0 && invocation.detailedExitcode === true);
  tell({ type: 'end', ...end, counts: countsOf([]) });
  return end.exitCode;
}

/** Milliseconds after which an output that reports its changes is looked at again all the same. */
const resync = 10 * 60 * seconds;
/** Milliseconds to wait for further changes, so that changes at the same time need one look. */
const settling = 100;

/** Waits until an output reports a change or, if one of them can't report changes, until the next interval. */
async function untilNext(
  changes: readonly ((signal: AbortSignal) => Promise<void> | undefined)[],
  { every, until }: ReturnType<typeof times>,
  { clock, signal }: WatchingParts,
): Promise<void> {
  const round = new AbortController();
  const stop = (): void => round.abort();
  signal.addEventListener('abort', stop);
  try {
    const told = changes.map((change) => change(round.signal));
    const longest = told.every((one) => one !== undefined) && told.length > 0 ? resync : every;
    const pause = clock.sleep(Math.min(longest, Math.max(0, until - clock.monotonic())), round.signal);
    const isTold = await Promise.race([
      pause.then(() => false),
      ...told.flatMap((one) => (one === undefined ? [] : [one.then(() => true)])),
    ]);
    if (isTold) await clock.sleep(Math.min(settling, Math.max(0, until - clock.monotonic())), signal);
  } finally {
    stop();
    signal.removeEventListener('abort', stop);
  }
}

function times(
  invocation: Invocation<'drift'>,
  { clock }: WatchingParts,
): { readonly every: number; readonly until: number } {
  const toFile = invocation.output ?? wantedFormats(invocation).find(({ file }) => file)?.file;
  if (toFile !== undefined)
    throw new UsageError('--watch writes to standard output alone: it has no end that a file could wait for');
  const every = durationOf(invocation, 'every', 10 * seconds);
  if (every < seconds) throw new UsageError('--every takes at least 1s');
  return { every, until: clock.monotonic() + durationOf(invocation, 'for', Number.POSITIVE_INFINITY) };
}

function show(found: FoundDrift, invocation: Options<'verbose'>, { clock, console }: WatchingParts): void {
  const colours = palette(console.outColour);
  const verbose = invocation.verbose === true;
  const columns = console.outIsTerminal ? console.columns : Number.POSITIVE_INFINITY;
  const text = found
    .map(([name, target]) => driftText(name, target, colours, { verbose, columns }))
    .join('\n');
  console.out(`${clock.now().toISOString()}\n${text}\n`, 'text');
}

function endOf(
  signal: AbortSignal,
  isDrift: boolean,
): Pick<Event & { readonly type: 'end' }, 'outcome' | 'exitCode'> {
  if (!signal.aborted)
    return { outcome: { result: 'succeeded' }, exitCode: isDrift ? exit.changed : exit.success };
  const outcome = stopped(signal);
  return { outcome, exitCode: outcome.cause?.code ?? exit.interrupted };
}

interface One {
  readonly target: string;
  readonly drift: Drift;
}

type Known = ReadonlyMap<string, One>;

function keyed(found: FoundDrift): Known {
  return new Map(
    found.flatMap(([target, { drift: all }]) =>
      all.map((drift) => [`${target} ${driftKey(drift)}`, { target, drift }] as const),
    ),
  );
}

const operations = { changed: 'update', removed: 'delete', added: 'create' } as const;

function begun({ target, drift }: One): Event {
  if (drift.type === 'proxy')
    return {
      type: 'notice',
      target,
      message: `proxy ${drift.id} does not show the revision in force: ${drift.detail}`,
    };
  if (drift.type === 'object') return objectChanged(target, drift);
  const op = drift.type === 'link' ? 'update' : operations[drift.state];
  return {
    type: 'change',
    target,
    ref: drift.path,
    op,
    state: 'done',
    ...(drift.detail !== undefined && { detail: drift.detail }),
    ...('by' in drift && { by: drift.by }),
  };
}

/** Returns the event for a changed object, with the manager that changed it last. */
function objectChanged(target: string, drift: Extract<Drift, { readonly type: 'object' }>): Event {
  const { ref, state, fields = [] } = drift;
  const known = fields.filter(({ manager }) => manager !== 'unknown');
  const [last] = known.toSorted((a, b) => ((a.time ?? '') < (b.time ?? '') ? 1 : -1));
  const detail = fields.map(({ path }) => path).join(', ');
  return {
    ...{ type: 'change', target, ref, op: operations[state], state: 'done' },
    ...(detail !== '' && { detail }),
    ...(last && { by: { owner: last.manager, modified: last.time ?? 'unknown' } }),
  };
}

function nameOf(drift: Drift): string {
  if (drift.type === 'proxy') return `proxy ${drift.id}`;
  return drift.type === 'object' ? drift.ref : drift.path;
}

function ended({ target, drift }: One): Event {
  const what = nameOf(drift);
  return { type: 'notice', target, message: `${what} is no longer as it was reported` };
}
