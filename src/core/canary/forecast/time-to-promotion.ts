import { beginJudging } from '../judge/begin-judging.ts';
import { advance, arrived, beginClimb, isBeforeLastStep, mayAdvance } from '../judge/climb.ts';
import { endReading } from '../judge/end-reading.ts';
import type { JudgePolicy } from '../judge/judge-policy.ts';
import { observe } from '../judge/observe.ts';
import { decide } from '../judge/verdict-of.ts';
import { SimulatedReadings } from './simulated-readings.ts';
import type { Traffic } from './traffic.ts';

const attempts = 21;

/** The times at which a healthy candidate leaves each step, in seconds since the attempt began. */
export interface Climbing {
  /** By step; the last is the promotion. A step that most simulated attempts don't leave before the deadline is undefined. */
  readonly left: readonly (number | undefined)[];
}

/** Returns the median times at which an attempt with a healthy candidate leaves each step. */
export function timeToPromotion(policy: JudgePolicy, traffic: Traffic): Climbing {
  const climbs = Array.from({ length: attempts }, (_, seed) =>
    climb(policy, new SimulatedReadings(seed + 1001, traffic, 1, policy.latency?.max)),
  );
  const steps = Math.max(1, policy.steps.length - 1);
  const left = Array.from({ length: steps }, (_, step) => {
    const times = climbs.map((one) => one[step] ?? Infinity).sort((one, other) => one - other);
    const median = times[Math.floor(attempts / 2)];
    return median === Infinity ? undefined : median;
  });
  return { left };
}

/** Returns the times at which one attempt leaves its steps; it ends with the promotion or another verdict. */
function climb(policy: JudgePolicy, readings: SimulatedReadings): readonly number[] {
  const { deadline, interval, steps } = policy;
  const single = { ...policy, parts: [] };
  let weight = steps[0]?.weight ?? 100;
  let state = observe(beginJudging(single), { t: 0, weight });
  let place = arrived(beginClimb(), state, 0);
  const left: number[] = [];
  for (let t = 0; t <= deadline; t += interval) {
    for (const line of readings.next(t, t === 0 ? 0 : interval, weight)) state = observe(state, line);
    state = endReading(state, t);
    const isLast = isBeforeLastStep(state, place);
    const [verdict] = decide(state, { mayPromote: isLast, isOver: false });
    if (verdict === 'pass') return [...left, t];
    if (verdict === 'fail') return left;
    if (place.step >= steps.length - 2 || !mayAdvance(state, place).yes) continue;
    left.push(t);
    place = advance(place, t);
    weight = steps[place.step]?.weight ?? weight;
    state = observe(state, { t, weight });
    place = arrived(place, state, t);
  }
  return left;
}
