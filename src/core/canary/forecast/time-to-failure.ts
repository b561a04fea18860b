import { beginJudging } from '../judge/begin-judging.ts';
import { endReading } from '../judge/end-reading.ts';
import type { JudgePolicy } from '../judge/judge-policy.ts';
import { observe } from '../judge/observe.ts';
import { decide } from '../judge/verdict-of.ts';
import { SimulatedReadings } from './simulated-readings.ts';
import type { Traffic } from './traffic.ts';

/** The number of simulated attempts: odd for a median, and enough for an error of about a fifth. */
const attempts = 41;

/** The fewest bad requests of the candidate, up to the deadline, with which a test can fail it. */
const fewest = 1;

/**
 * Returns the median time, in seconds, after which the judge finds a candidate that fails `factor` times as often as the
 * baseline, at one weight (per cent); undefined if most of the simulated attempts end at the deadline without a verdict.
 */
export function timeToFailure(
  policy: JudgePolicy,
  traffic: Traffic,
  weight: number,
  factor: number,
): number | undefined {
  const { perSecond, bad } = traffic;
  if (perSecond * (weight / 100) * policy.deadline * bad * factor < fewest) return undefined;
  const found: number[] = [];
  const needed = Math.ceil(attempts / 2);
  for (let seed = 1; seed <= attempts; seed++) {
    const time = failureOf(policy, new SimulatedReadings(seed, traffic, factor, policy.latency?.max), weight);
    if (time !== undefined) found.push(time);
    if (seed - found.length >= needed) return undefined;
  }
  return found.sort((one, other) => one - other)[needed - 1];
}

/** Returns the time of the verdict `fail` in one attempt that stays at a weight; undefined if there is none. */
function failureOf(
  { deadline, interval, ...policy }: JudgePolicy,
  readings: SimulatedReadings,
  weight: number,
): number | undefined {
  const staying = { ...policy, deadline, interval, steps: [{ weight }, { weight: 100 }], parts: [] };
  let state = observe(beginJudging(staying), { t: 0, weight });
  for (let t = 0; t <= deadline; t += interval) {
    for (const line of readings.next(t, t === 0 ? 0 : interval, weight)) state = observe(state, line);
    state = endReading(state, t);
    if (decide(state, { mayPromote: false, isOver: false })[0] === 'fail') return t;
  }
  return undefined;
}
