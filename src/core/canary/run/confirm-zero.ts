import type { Rollout } from '../../ir/rollout.ts';
import type { StreamLine } from '../evidence/stream-line.ts';
import type { RunnerWorld } from './runner-world.ts';

/**
 * Returns the reason why nobody knows that the candidate gets nothing: proxies confirmed nothing (`unseen`), and its
 * counters can't be read or still grow. Returns undefined if one of the two says so.
 */
export async function confirmZero(
  unseen: readonly string[],
  { judge }: Rollout,
  { clock, signal, read }: Pick<RunnerWorld, 'clock' | 'signal' | 'read'>,
  t: () => number,
): Promise<string | undefined> {
  if (unseen.length === 0) return undefined;
  const first = candidateRequests(await read(t()));
  await clock.sleep(judge.interval, signal);
  const second = candidateRequests(await read(t()));
  const isQuiet = first.length > 0 && first.join() === second.join();
  const named = unseen.length > 5 ? `${unseen.slice(0, 5).join(', ')} and others` : unseen.join(', ');
  return isQuiet ? undefined : `no answer from ${named}, and no counter says that the requests have ended`;
}

function candidateRequests(lines: readonly StreamLine[]): readonly number[] {
  return lines.flatMap((line) =>
    'requests' in line && line.arm === 'candidate' && line.side === undefined ? [line.requests] : [],
  );
}
