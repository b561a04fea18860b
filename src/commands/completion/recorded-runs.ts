import { Ledger } from '../../core/history/ledger.ts';
import type { ObservingParts } from '../delivery/delivery-parts.ts';
import { withOutputs } from '../delivery/meant-outputs.ts';
import type { DeliveredTarget } from '../delivery/open-output.ts';
import type { Candidate } from './complete.ts';
import type { GivenOptions } from './given-options.ts';

/** The most runs that a shell offers, the newest. */
const mostRuns = 20;

/** Milliseconds that a shell waits for outputs behind a network. */
const patience = 2000;

/** Ids of runs for a shell. */
export interface RecordedRuns {
  readonly runs: readonly Candidate[];
  /** True if an output has not answered in time: its connections are still open. */
  readonly isWaiting: boolean;
}

/**
 * Returns the ids of the newest runs of all outputs that answer within `patience`; prints nothing. An output that can't
 * be read is left out.
 */
export async function recordedRuns(
  parts: ObservingParts,
  given: GivenOptions,
  time: Date,
): Promise<RecordedRuns> {
  const silent = { ...parts, console: { ...parts.console, error: () => undefined } };
  const call = { ...given, arguments: [], time };
  const found: Entry[] = [];
  const read = (isMeant: (config: DeliveredTarget) => boolean): Promise<void> =>
    withOutputs(
      call,
      silent,
      async ({ outputs }) => {
        for (const { output } of outputs) found.push(...(await new Ledger(output.store).entries()));
      },
      isMeant,
    ).then(
      () => undefined,
      // Completion shows no errors.
      () => undefined,
    );
  const remote: string[] = [];
  await read(({ name, output }) => {
    if (output.type !== 'directory') remote.push(name);
    return output.type === 'directory';
  });
  const answered = new AbortController();
  const all = Promise.all(remote.map((target) => read(({ name }) => name === target)));
  const isWaiting = await Promise.race([
    all.then(() => false),
    parts.clock.sleep(patience, answered.signal).then(() => true),
  ]);
  answered.abort();
  return { runs: newest(found), isWaiting };
}

type Entry = Awaited<ReturnType<Ledger['entries']>>[number];

function newest(found: readonly Entry[]): readonly Candidate[] {
  const sorted = [...found].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, mostRuns);
  return sorted.map(({ id, command, started, outcome }) => ({
    word: id,
    description: `${command} ${started} ${outcome}`,
  }));
}
