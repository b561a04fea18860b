import { Ledger } from '../../core/history/ledger.ts';
import type { ObservingParts } from '../delivery/delivery-parts.ts';
import { withOutputs } from '../delivery/meant-outputs.ts';
import type { Candidate } from './complete.ts';

/** The most runs that a shell offers, the newest. */
const mostRuns = 20;

/**
 * Returns the ids of the newest runs of the output directories, for a shell; prints nothing. Outputs behind a network are
 * left out: a shell waits for the answer.
 */
export async function recordedRuns(parts: ObservingParts, time: Date): Promise<readonly Candidate[]> {
  const silent = { ...parts, console: { ...parts.console, error: () => undefined } };
  const call = { arguments: [], time };
  const found = await withOutputs(
    call,
    silent,
    async ({ outputs }) => {
      const entries = await Promise.all(outputs.map(({ output }) => new Ledger(output.store).entries()));
      return entries.flat();
    },
    ({ output }) => output.type === 'directory',
  );
  if (!Array.isArray(found)) return [];
  const newest = [...found].sort((a, b) => (a.id < b.id ? 1 : -1)).slice(0, mostRuns);
  return newest.map(({ id, command, started, outcome }) => ({
    word: id,
    description: `${command} ${started} ${outcome}`,
  }));
}
