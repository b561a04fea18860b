import type { Arm, StreamLine } from '../../../src/core/evidence/stream-line.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenario.ts';

interface Instance {
  readonly arm: Arm;
  name: string;
  requests: number;
  errors: number;
  slow: number;
  /** The multiplier of the current minute. */
  burst: number;
}

/** Returns the lines of one stream, reading by reading. */
export function* stream(scenario: Scenario, random: Random): Generator<readonly StreamLine[]> {
  const { rps, weight = 10, candidates = 1, baselines = 10, interval = 15, length = 3600 } = scenario;
  const instances = [
    ...Array.from({ length: candidates }, (_, index) => begin('candidate', index)),
    ...Array.from({ length: baselines }, (_, index) => begin('baseline', index)),
  ];
  const share = candidateShare(scenario, weight, random);
  yield [{ t: 0, weight }, ...instances.map((instance, index) => scrape(instance, 0, index, scenario))];
  for (let t = interval; t <= length; t += interval) {
    if ((t - interval) % 60 < interval) drawBursts(instances, scenario, random);
    const lines: StreamLine[] = [];
    for (const [index, instance] of instances.entries()) {
      const part = instance.arm === 'candidate' ? share / candidates : (1 - share) / baselines;
      run(instance, scenario, t - interval / 2, rps * interval * part, random);
      if (scenario.lost !== undefined && random.next() < scenario.lost)
        lines.push({ t, failed: true, arm: instance.arm, instance: instance.name });
      else lines.push(scrape(instance, t, index, scenario));
    }
    yield lines;
  }
}

function begin(arm: Arm, index: number): Instance {
  return { arm, name: `${arm}-${String(index)}`, requests: 0, errors: 0, slow: 0, burst: 1 };
}

/**
 * Returns the share of requests that reach the candidate: the weight, the weight with wrong odds, or the share of the
 * users.
 */
function candidateShare({ shareError = 1, users }: Scenario, weight: number, random: Random): number {
  const share = weight / 100;
  if (users !== undefined) return random.binomial(users, share) / users;
  return (shareError * share) / (shareError * share + 1 - share);
}

function drawBursts(instances: readonly Instance[], { bursts }: Scenario, random: Random): void {
  if (bursts === undefined) return;
  for (const instance of instances) instance.burst = random.gamma(bursts);
}

function run(instance: Instance, scenario: Scenario, t: number, mean: number, random: Random): void {
  const { errors = 0.002, worse, outage, slow = 0, slower, restarts = 0, renamed } = scenario;
  if (restarts > 0 && random.next() < restarts) {
    instance.requests = 0;
    instance.errors = 0;
    instance.slow = 0;
    if (renamed) instance.name += "'";
  }
  const isCandidate = instance.arm === 'candidate';
  const rate = errors * instance.burst * (isCandidate ? (worse?.(t) ?? 1) : 1) + (outage?.(t) ?? 0);
  const requests = random.poisson(mean);
  instance.requests += requests;
  instance.errors += random.binomial(requests, Math.min(1, rate));
  if (slow > 0)
    instance.slow += random.binomial(requests, Math.min(1, slow * (isCandidate ? (slower?.(t) ?? 1) : 1)));
}

function scrape(instance: Instance, t: number, index: number, { stagger = 0, slow }: Scenario): StreamLine {
  const { arm, name, requests, errors } = instance;
  const line = { t: t + index * stagger, arm, instance: name, requests, errors };
  if (slow === undefined) return line;
  return { ...line, latency: { bounds: [100, 300], counts: [requests - instance.slow, 0, instance.slow] } };
}
