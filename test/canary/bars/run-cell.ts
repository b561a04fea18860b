import type { JudgePolicy } from '../../../src/core/canary/judge/judge-policy.ts';
import type { Verdict } from '../../../src/core/canary/judge/verdict.ts';
import { Replay } from '../../../src/core/canary/replay/replay.ts';
import type { StreamLine } from '../../../src/core/evidence/stream-line.ts';
import type { Minute, Peer } from '../peers/peer.ts';
import { Random } from '../simulator/random.ts';
import type { Scenario } from '../simulator/scenario.ts';
import { stream } from '../simulator/stream.ts';

/** The end of one run. */
export interface End {
  readonly verdict: Verdict['verdict'];
  readonly code: string;
  readonly at: number;
}

/** Judges `runs` seeded streams of a scenario, with the fold of replay. */
export function runCell(
  scenario: Scenario,
  policy: JudgePolicy,
  family: string,
  runs: number,
): readonly End[] {
  return Array.from({ length: runs }, (_, index) => {
    const replay = new Replay(policy);
    for (const reading of stream(scenario, new Random(family, index))) {
      for (const line of reading) replay.take(line);
      if (replay.verdict !== undefined) break;
    }
    const { verdict, reason, at } = replay.end();
    return { verdict, code: reason.code, at };
  });
}

/** Judges the same streams with another tool's judge, minute by minute. */
export function runPeer(scenario: Scenario, peer: () => Peer, family: string, runs: number): readonly End[] {
  return Array.from({ length: runs }, (_, index) => judgedBy(peer(), scenario, new Random(family, index)));
}

function judgedBy(peer: Peer, scenario: Scenario, random: Random): End {
  let before = totals([]);
  for (const reading of stream(scenario, random)) {
    const t = reading[0]?.t ?? 0;
    if (t === 0 || t % 60 !== 0) continue;
    const now = totals(reading);
    const verdict = peer.minute({
      candidate: difference(now.candidate, before.candidate),
      baseline: difference(now.baseline, before.baseline),
    });
    if (verdict !== undefined) return { verdict, code: '', at: t };
    before = now;
  }
  return { verdict: 'inconclusive', code: '', at: scenario.length ?? 3600 };
}

function totals(reading: readonly StreamLine[]): Minute {
  const of = (arm: string) => {
    const lines = reading.flatMap((line) => ('requests' in line && line.arm === arm ? [line] : []));
    return {
      requests: lines.reduce((sum, { requests }) => sum + requests, 0),
      errors: lines.reduce((sum, { errors }) => sum + errors, 0),
    };
  };
  return { candidate: of('candidate'), baseline: of('baseline') };
}

function difference(now: Minute['candidate'], before: Minute['candidate']): Minute['candidate'] {
  return { requests: now.requests - before.requests, errors: now.errors - before.errors };
}
