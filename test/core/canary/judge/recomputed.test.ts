import { describe, expect, test } from 'vitest';
import type { JudgePolicy } from '../../../../src/core/canary/judge/judge-policy.ts';
import { Replay } from '../../../../src/core/canary/replay/replay.ts';
import { replayAnswer } from '../../../../src/core/canary/replay/replay-answer.ts';
import { policy } from '../../../canary/bars/policy.ts';
import { type Answer, recompute } from '../../../canary/recompute/recompute.ts';
import { Random } from '../../../canary/simulator/random.ts';
import type { Scenario } from '../../../canary/simulator/scenario.ts';
import { stream } from '../../../canary/simulator/stream.ts';

const latency = { ...policy, latency: { quantile: 0.99, max: 300 } };

const scenarios: Readonly<Record<string, readonly [Scenario, JudgePolicy]>> = {
  healthy: [{ rps: 100 }, policy],
  'healthy on thin traffic': [{ rps: 5, length: 1800 }, policy],
  'ten times the errors': [{ rps: 100, worse: () => 10 }, policy],
  'twice the errors': [{ rps: 300, worse: () => 2 }, policy],
  bursts: [{ rps: 200, bursts: 0.5 }, policy],
  'bursts at the goal': [{ rps: 100, bursts: 0.5, worse: () => 5 }, policy],
  'a wrong share': [{ rps: 20, shareError: 3, length: 900 }, policy],
  'lost readings and restarts': [{ rps: 50, lost: 0.1, restarts: 0.02 }, policy],
  'slow requests': [{ rps: 50, slow: 0.002, slower: () => 10 }, latency],
  'no slow requests': [{ rps: 50, slow: 0.002 }, latency],
};

function answerOf(scenario: Scenario, how: JudgePolicy, index: number): Answer {
  const replay = new Replay(how);
  for (const lines of stream(scenario, new Random('recompute', index))) {
    for (const line of lines) replay.take(line);
    if (replay.verdict !== undefined) break;
  }
  return JSON.parse(JSON.stringify(replayAnswer(replay.end()))) as Answer;
}

describe('a verdict can be recomputed from its JSON', () => {
  test.each(Object.entries(scenarios))('%s', (_, [scenario, how]) => {
    for (let index = 0; index < 6; index++) {
      const answer = answerOf(scenario, how, index);
      const { evidence } = answer as unknown as {
        evidence: {
          fast: { logE: number };
          hold: { logE: number };
          parts: readonly { criteria: readonly { slow: { excess: number; bound?: number } }[] }[];
        };
      };
      const found = recompute(answer, { ...how, ...(how.latency && { quantile: how.latency.quantile }) });
      expect(Math.log(found.fast)).toBeCloseTo(evidence.fast.logE, 6);
      expect(Math.log(found.hold)).toBeCloseTo(evidence.hold.logE, 6);
      for (const [k, { slow }] of (evidence.parts[0]?.criteria ?? []).entries()) {
        expect(found.slow[k]?.excess).toBeCloseTo(slow.excess, 6);
        if (slow.bound !== undefined) expect(found.slow[k]?.bound).toBeCloseTo(slow.bound, 6);
      }
      const decided = ['pass', 'fail', 'hold'].includes(answer.verdict) ? answer.verdict : 'undecided';
      expect(found.verdict).toBe(decided);
    }
  });

  test('the suite has verdicts of each kind', () => {
    const verdicts = Object.values(scenarios).map(([scenario, how]) => answerOf(scenario, how, 0).verdict);
    expect(new Set(verdicts)).toEqual(new Set(['pass', 'fail', 'hold', 'inconclusive']));
  });
});
