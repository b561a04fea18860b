import { setTimeout as sleep } from 'node:timers/promises';
import { beginJudging } from '../../../src/core/canary/judge/begin-judging.ts';
import { endAttempt } from '../../../src/core/canary/judge/end-attempt.ts';
import { endReading } from '../../../src/core/canary/judge/end-reading.ts';
import type { JudgePolicy } from '../../../src/core/canary/judge/judge-policy.ts';
import { observe } from '../../../src/core/canary/judge/observe.ts';
import type { Verdict } from '../../../src/core/canary/judge/verdict.ts';
import { verdictOf } from '../../../src/core/canary/judge/verdict-of.ts';
import type { Arms } from '../../../src/core/evidence/arms.ts';
import type { StreamLine } from '../../../src/core/evidence/stream-line.ts';
import type { MetricsSource } from '../../../src/ports/metrics-source.ts';

/** The end of a watched rollout, and all lines of its evidence. */
export interface Watched {
  readonly verdict: Verdict;
  /** Seconds until the verdict. */
  readonly after: number;
  readonly lines: readonly StreamLine[];
}

/**
 * Reads counters at one weight (per cent) every interval and judges them, until a verdict of `ends` or the deadline.
 * Counts all steps but the last as done.
 */
export async function watch(
  policy: JudgePolicy,
  source: MetricsSource,
  arms: Arms,
  weight: number,
  ends: readonly Verdict['verdict'][],
): Promise<Watched> {
  const began = performance.now();
  const lines: StreamLine[] = [{ t: 0, weight }];
  let state = observe(beginJudging(policy), { t: 0, weight });
  for (;;) {
    const t = (performance.now() - began) / 1000;
    const isOver = t >= policy.deadline;
    for (const line of await source.read(arms, t)) {
      lines.push(line);
      state = observe(state, line);
    }
    state = endReading(state, t);
    if (isOver) state = endAttempt(state);
    const verdict = verdictOf(state, { mayPromote: true, isOver });
    if (isOver || ends.includes(verdict.verdict)) return { verdict, after: t, lines };
    await sleep(policy.interval * 1000);
  }
}
