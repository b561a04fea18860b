import type { Arm, Scrape } from '../../evidence/stream-line.ts';
import { SeededRandom } from './seeded-random.ts';
import type { Traffic } from './traffic.ts';

/** The most callers in a simulation: more callers make the simulation slower and change little. */
const mostCallers = 4;

/**
 * Simulated readings of an attempt with Poisson traffic. The candidate fails `factor` times as often as the baseline.
 */
export class SimulatedReadings {
  readonly #random: SeededRandom;
  readonly #traffic: Traffic;
  readonly #factor: number;
  /** Upper bound of times (ms); absent: times aren't judged. */
  readonly #slowAbove: number | undefined;
  readonly #counters: {
    readonly arm: Arm;
    readonly instance: string;
    requests: number;
    errors: number;
    slow: number;
  }[];

  constructor(seed: number, traffic: Traffic, factor: number, slowAbove: number | undefined) {
    this.#random = new SeededRandom(seed);
    this.#traffic = traffic;
    this.#factor = factor;
    this.#slowAbove = slowAbove;
    const callers = Math.max(1, Math.min(mostCallers, traffic.callers));
    this.#counters = (['baseline', 'candidate'] as const).flatMap((arm) =>
      Array.from({ length: callers }, (_, i) => ({
        arm,
        instance: `caller-${String(i)}`,
        requests: 0,
        errors: 0,
        slow: 0,
      })),
    );
  }

  /** Returns the reading at time `t`, `seconds` after the one before, at a weight in per cent. */
  next(t: number, seconds: number, weight: number): readonly Scrape[] {
    const { perSecond, bad, slow } = this.#traffic;
    const callers = this.#counters.length / 2;
    return this.#counters.map((counter) => {
      const isCandidate = counter.arm === 'candidate';
      const part = isCandidate ? weight / 100 : 1 - weight / 100;
      const expected = (perSecond * seconds * part) / callers;
      const share = Math.min(1, isCandidate ? bad * this.#factor : bad);
      const errors = this.#random.poisson(expected * share);
      const requests = errors + this.#random.poisson(expected * (1 - share));
      counter.requests += requests;
      counter.errors += errors;
      if (this.#slowAbove !== undefined)
        counter.slow += Math.min(requests, this.#random.poisson(expected * slow));
      const { arm, instance, slow: slowOnes } = counter;
      const latency =
        this.#slowAbove === undefined
          ? {}
          : { latency: { bounds: [this.#slowAbove], counts: [counter.requests - slowOnes, slowOnes] } };
      return { t, arm, instance, requests: counter.requests, errors: counter.errors, ...latency };
    });
  }
}
