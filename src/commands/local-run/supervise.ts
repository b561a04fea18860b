import type { Options } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import type { Snapshot } from '../../core/history/snapshot.ts';
import { callToTry } from '../../core/local-run/call-to-try.ts';
import { isSettled, type LocalPart } from '../../core/local-run/local-part.ts';
import { runRecordFile, runRecordText } from '../../core/local-run/run-record.ts';
import { standIns } from '../../core/local-run/stand-ins.ts';
import { palette } from '../../ui/palette.ts';
import { revisionInForce } from '../delivery/snapshot-in-force.ts';
import { type LocalFollower, lines } from './local-follower.ts';
import type { LocalRunParts } from './local-parts.ts';
import type { LocalPlace } from './local-places.ts';
import type { LocalRun } from './local-run.ts';
import { newRecord } from './new-record.ts';
import { unanswered } from './unanswered.ts';

/** An output whose proxies `mesh up` runs. */
export interface StartedPlace {
  readonly place: LocalPlace;
  readonly revision: Snapshot;
  readonly run: LocalRun;
}

/** Milliseconds between two looks at the proxies. */
const pollEvery = 250;

/** Runs the proxies of outputs and follows what is applied, until a signal comes; shows what runs. */
export async function supervise(
  started: readonly StartedPlace[],
  { services }: { readonly services: boolean },
  options: Options<'quiet'>,
  parts: LocalRunParts,
): Promise<ExitCode> {
  const { signal, clock } = parts;
  const call = started.flatMap(({ revision }) => callToTry(revision.ir) ?? [])[0];
  const record = newRecord(parts);
  const marks = new Map<string, string | undefined>();
  let written = '';
  let follower: LocalFollower | undefined;
  try {
    for (const { run, revision } of started) await run.openServices(standIns(revision.ir, services));
    const missing = await unanswered(
      started.map(({ revision }) => revision.ir),
      parts.listeners,
    );
    follower = await followerOf(
      options,
      [missing, call].filter((hint) => hint !== undefined),
      parts,
    );
    while (!signal.aborted) {
      for (const one of started) await followApplied(one, marks);
      // Record new programs before anything that takes time: a kill leaves nothing behind that `mesh down` doesn't know.
      written = await writeRecords(started, record, written);
      for (const { run } of started) await run.look();
      // The record says ready after the log has said it: who waits for the record reads the whole log.
      follower.show(started.flatMap(({ run }) => run.shown()));
      written = await writeRecords(started, record, written);
      await clock.sleep(pollEvery, signal);
    }
  } finally {
    await follower?.end();
  }
  return signal.reason === exit.terminated ? exit.terminated : exit.interrupted;
}

/** Lets a run follow the revision in force, if it is another one than the last time; `marks` has the last ones. */
async function followApplied(
  { place: { name, output }, run }: StartedPlace,
  marks: Map<string, string | undefined>,
): Promise<void> {
  const mark = await output.inForce();
  if (marks.has(name) && marks.get(name) === mark) return;
  marks.set(name, mark);
  const revision = await revisionInForce(output);
  if (revision !== undefined) await run.follow(revision);
}

/** Writes the record of each output unless it is the same as before; returns what was written. */
async function writeRecords(
  started: readonly StartedPlace[],
  record: ReturnType<typeof newRecord>,
  before: string,
): Promise<string> {
  const texts = started.map(({ run }) => {
    const shown: readonly LocalPart[] = run.shown();
    const state = shown.length > 0 && isSettled(shown) ? 'ready' : 'starting';
    return runRecordText({ ...record, state, programs: run.recorded(), services: run.serviceCount });
  });
  const now = texts.join('');
  if (now === before) return before;
  for (const [i, { place }] of started.entries())
    await place.directory.replaceFile(runRecordFile, texts[i] ?? '', { secret: true });
  return now;
}

async function followerOf(
  { quiet }: Options<'quiet'>,
  hints: readonly string[],
  { console, signal }: LocalRunParts,
): Promise<LocalFollower> {
  const colours = palette(console.errorColour);
  if (quiet || console.liveError === undefined) return lines(quiet === true, hints, colours, console);
  const { localView } = await import('../../ui/live/local-run/local-view.ts');
  return localView({ screen: console.liveError, hints, palette: colours, signal });
}
