/**
 * Recomputes a verdict from the JSON of `mesh canary replay`, from the formulas of docs/canary-judge.md alone: no code of the
 * judge, and other ways where there are any (products instead of sums of logarithms, tails term by term).
 */

/** The numbers of the Rollout that the formulas need. */
export interface Goal {
  readonly slo: number;
  readonly quantile?: number;
  readonly wrongRollback: number;
  readonly wrongPromotion: number;
  readonly atLeast: number;
}

interface Arm {
  readonly requests: number;
  readonly bad: readonly number[];
  readonly instances: number;
  readonly squares: number;
}

interface Counted {
  readonly candidate: Arm;
  readonly baseline: Arm;
  readonly quotients: readonly number[];
}

interface Part {
  readonly minutes: number;
  readonly weight: number;
  readonly periods: readonly (Counted & { readonly serving?: Counted })[];
  readonly share: { readonly logs: readonly number[]; readonly doubted: boolean };
  readonly criteria: readonly {
    readonly slow: { readonly rho?: number };
    readonly acceptance: { readonly now: Look; readonly look?: Look };
  }[];
}

interface Look {
  readonly requests: number;
  readonly bad: number;
  readonly squares: number;
  readonly variation: number;
}

/** The parts of an answer that are recomputed from. */
export interface Answer {
  readonly verdict: string;
  readonly reason: { readonly code: string };
  readonly evidence: {
    readonly acceptance: { readonly looks: readonly { readonly level: number }[] };
    readonly parts: readonly Part[];
  };
}

/** The numbers that were recomputed. */
export interface Recomputed {
  readonly fast: number;
  readonly hold: number;
  readonly slow: readonly { readonly excess: number; readonly bound: number }[];
  readonly tail: number;
  readonly verdict: 'fail' | 'hold' | 'pass' | 'undecided';
}

/** Returns the numbers of the answer's only part. */
export function recompute({ evidence }: Answer, goal: Goal): Recomputed {
  const [part] = evidence.parts;
  if (part === undefined) throw new Error('an answer has a part');
  const criteria = part.criteria.map((_, k) => k);
  const mean =
    criteria.reduce((sum, k) => sum + mixture(part, k, goal.atLeast, fastWeights), 0) / criteria.length;
  const hold = Math.max(...criteria.map((k) => mixture(part, k, 1, holdWeights)));
  const slow = criteria.map((k) => slowLane(part, k, goal));
  const tails = criteria.map((k) => acceptance(part, k, goal));
  const isSlow = slow.some(
    ({ excess, bound, errors }) => part.minutes >= 8 && errors >= 5 && excess >= bound,
  );
  const accepted =
    evidence.acceptance.looks.length > 0 && tails.every(({ isAccepted }) => isAccepted(evidence));
  const fails = mean >= 1 / ((2 / 3) * goal.wrongRollback) || isSlow;
  const holds = part.share.doubted || hold >= 20;
  const isConfirmed = part.share.logs.every((log) => Math.exp(log) <= 1 / 20);
  const passes = part.minutes >= 10 && accepted && isConfirmed;
  const verdict = fails ? 'fail' : holds ? 'hold' : passes ? 'pass' : 'undecided';
  return { fast: mean, hold, slow, tail: Math.max(...tails.map(({ tail }) => tail)), verdict };
}

const fastWeights = [
  [5 / 3, 0.2],
  [10 / 3, 0.55],
  [25 / 3, 0.2],
  [100 / 3, 0.05],
] as const;

const holdWeights = [
  [2, 0.25],
  [5, 0.45],
  [10, 0.2],
  [25, 0.1],
] as const;

/** E of a mixture: sums the evidence of each possible beginning, instead of the recursion. */
function mixture(
  part: Part,
  k: number,
  against: number,
  weights: readonly (readonly [number, number])[],
): number {
  return weights.reduce(
    (sum, [factor, weight]) => sum + weight * evidenceOf(part, k, against, factor * against),
    0,
  );
}

function evidenceOf({ periods }: Part, k: number, against: number, risk: number): number {
  const factors = periods.map((period, index) => {
    const [n, m] = [period.candidate.requests, period.baseline.requests];
    if (n === 0 || m === 0) return 1;
    const [x, y] = [period.candidate.bad[k] ?? 0, period.baseline.bad[k] ?? 0];
    const at = (r: number): number => (r * n) / (r * n + m);
    const log = x * Math.log(at(risk) / at(against)) + y * Math.log((1 - at(risk)) / (1 - at(against)));
    return Math.exp(log / dispersion(periods, index, k));
  });
  let sum = 0;
  let product = 1;
  for (let begin = factors.length - 1; begin >= 0; begin--) {
    product *= factors[begin] ?? 1;
    sum += product * (begin === 0 ? 0.97 : (0.03 * 60) / ((begin + 59) * (begin + 60)));
  }
  return sum;
}

function counted(period: Part['periods'][number], k: number): Counted {
  return k === 0 && (period.serving?.baseline.instances ?? 0) > 1 ? (period.serving ?? period) : period;
}

function dispersion(periods: Part['periods'], index: number, k: number): number {
  const period = periods[index];
  if (period === undefined) return 1;
  const variation = Math.max(variationOf([period], k, 2), variationOf(periods.slice(0, index + 1), k, 2));
  const all = period.candidate.requests + period.baseline.requests;
  const rate = ((period.candidate.bad[k] ?? 0) + (period.baseline.bad[k] ?? 0)) / all;
  const share = period.candidate.requests / all;
  const by = counted(period, k);
  const mean = ({ squares, requests }: Arm): number => (requests === 0 ? 0 : (rate * squares) / requests);
  return 1 + variation * ((1 - share) * mean(by.candidate) + share * mean(by.baseline));
}

function variationOf(periods: Part['periods'], k: number, deviations: number): number {
  let [chi2, freedom, weighted, instances] = [0, 0, 0, 0];
  for (const period of periods) {
    const { baseline, quotients } = counted(period, k);
    const bad = baseline.bad[k] ?? 0;
    const f = baseline.instances - 1;
    if (bad === 0 || f < 1) continue;
    chi2 += (baseline.requests / bad) * (quotients[k] ?? 0) - bad;
    freedom += f;
    weighted += (f * bad) / baseline.instances;
    instances += f * baseline.instances;
  }
  if (weighted === 0) return 0;
  const v = Math.max(0, (chi2 - freedom - deviations * Math.sqrt(2 * freedom)) / weighted);
  return v / Math.max(0.2, 1 - v / (instances / freedom));
}

function slowLane(part: Part, k: number, goal: Goal) {
  const criteria = part.criteria.length;
  const alpha = goal.wrongRollback / 3 / criteria;
  let [excess, variance, errors] = [0, 0, 0];
  for (const [index, period] of wholePeriods(part).entries()) {
    const { candidate, baseline } = period;
    if (candidate.requests === 0 || baseline.requests === 0) continue;
    const share = candidate.requests / (candidate.requests + baseline.requests);
    const bad = candidate.bad[k] ?? 0;
    const all = bad + (baseline.bad[k] ?? 0);
    excess += bad - share * all;
    variance += share * (1 - share) * all * dispersion(part.periods, index, k);
    errors += bad;
  }
  const rho = part.criteria[k]?.slow.rho ?? Number.POSITIVE_INFINITY;
  const v = variance + rho;
  const log = Math.log(Math.sqrt(v / rho) / (2 * alpha) + 1);
  return { excess, errors, bound: Math.sqrt(2 * v * log) + log / 3 };
}

/** Returns the periods that are over: a period that still runs ends before its minute does. */
function wholePeriods(part: Part): Part['periods'] {
  return part.periods.filter((period) => {
    const { from, to } = period as unknown as { from: number; to: number };
    return to >= (Math.floor(from / 60) + 1) * 60;
  });
}

function acceptance(part: Part, k: number, goal: Goal) {
  const worst = k === 0 ? 1 - goal.slo : 1 - (goal.quantile ?? 0);
  const { now, look } = part.criteria[k]?.acceptance ?? {};
  const tail = now === undefined ? 1 : tailOf(now, worst);
  const isAccepted = ({ acceptance: { looks } }: Answer['evidence']): boolean =>
    look !== undefined && tailOf(look, worst) <= (looks.at(-1)?.level ?? 0) && tail <= goal.wrongPromotion;
  return { tail, isAccepted };
}

function tailOf({ requests, bad, squares, variation }: Look, worst: number): number {
  let term = (1 - worst) ** requests;
  let exact = 0;
  for (let x = 0; x <= bad; x++) {
    exact += term;
    term *= (((requests - x) / (x + 1)) * worst) / (1 - worst);
  }
  if (variation === 0) return exact;
  const shape = requests ** 2 / (variation * squares);
  const odds = (requests * worst) / (shape + requests * worst);
  let chance = (1 - odds) ** shape;
  let bursty = 0;
  for (let x = 0; x <= bad; x++) {
    bursty += chance;
    chance *= ((shape + x) / (x + 1)) * odds;
  }
  return Math.max(exact, bursty);
}
