import type { StreamLine } from '../../evidence/stream-line.ts';
import type { Rollout } from '../../ir/rollout.ts';
import type { RunnerWorld } from './runner-world.ts';

/**
 * Milliseconds within which the candidate's counters have to stop growing: new weights and counters take time to
 * arrive.
 */
const patience = 60_000;

/**
 * Returns undefined if the candidate certainly gets no requests: all proxies have confirmed the weights (`unseen` is
 * empty), or the candidate's counters have stopped growing within a minute. Else returns the reason for the doubt.
 */
export async function confirmZero(
  unseen: readonly string[],
  { judge }: Rollout,
  { clock, signal, read }: Pick<RunnerWorld, 'clock' | 'signal' | 'read'>,
  t: () => number,
): Promise<string | undefined> {
  if (unseen.length === 0) return undefined;
  const until = clock.now().getTime() + patience;
  let before = candidateRequests(await read(t()));
  while (clock.now().getTime() < until && !signal.aborted) {
    await clock.sleep(judge.interval, signal);
    const now = candidateRequests(await read(t()));
    if (before.length > 0 && before.join() === now.join()) return undefined;
    before = now;
  }
  const named = unseen.length > 5 ? `${unseen.slice(0, 5).join(', ')} and others` : unseen.join(', ');
  return `no answer from ${named}, and no counter says that the requests have ended`;
}

function candidateRequests(lines: readonly StreamLine[]): readonly number[] {
  return lines.flatMap((line) =>
    'requests' in line && line.arm === 'candidate' && line.side === undefined ? [line.requests] : [],
  );
}
