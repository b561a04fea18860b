import { beginJudging } from '../../../src/core/canary/judge/begin-judging.ts';
import { endReading } from '../../../src/core/canary/judge/end-reading.ts';
import type { JudgePolicy } from '../../../src/core/canary/judge/judge-policy.ts';
import { observe } from '../../../src/core/canary/judge/observe.ts';
import { Random } from '../simulator/random.ts';
import type { Scenario } from '../simulator/scenario.ts';
import { stream } from '../simulator/stream.ts';

/** Returns, for each run, the requests of both arms until the share was doubted; undefined if it never was. */
export function doubtsOf(
  scenario: Scenario,
  policy: JudgePolicy,
  family: string,
  runs: number,
): readonly (number | undefined)[] {
  return Array.from({ length: runs }, (_, index) => {
    let state = beginJudging(policy);
    for (const reading of stream(scenario, new Random(family, index))) {
      for (const line of reading) state = observe(state, line);
      state = endReading(state, state.now);
      const [part] = state.parts;
      if (part?.share.doubted)
        return part.arms.candidate.totals.requests + part.arms.baseline.totals.requests;
    }
    return undefined;
  });
}
