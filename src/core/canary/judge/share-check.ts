import { logSum } from './statistics/log-sum.ts';

/** The ratios of the odds of a wrong division of requests to those of the right division. */
const ratios = { both: [1 / 4, 1 / 2, 2, 4], below: [1 / 4, 1 / 2], far: [1 / 4, 4] } as const;

/** The prior weights of the ratios. */
const weights = { both: [0.1, 0.4, 0.4, 0.1], below: [0.2, 0.8], far: [0.5, 0.5] } as const;

/** The accepted chance of doubting a right division, at each weight. */
const shareDoubt = 0.01;

/** The bound of ln of a ratio's evidence below which the wrong division is refuted: −ln 20. */
const confirmedBelow = -Math.log(20);

/** The division of requests at one weight. */
export interface ShareCheck {
  /**
   * The wrong divisions to look for. `below`: too few requests of the candidate; more than the weight is right, because
   * a `match` sends requests to the candidate, too. `far`: large deviations alone, since few users can draw uneven
   * shares.
   */
  readonly sides: 'both' | 'below' | 'far';
  /** The share of the candidate by the weight (0–1): `lowest` for ratios below 1, `highest` for ratios above 1. */
  readonly lowest: number;
  readonly highest: number;
  readonly candidate: number;
  readonly baseline: number;
  /** ln of the likelihood ratio for each ratio. */
  readonly logs: readonly number[];
  /** The number of doubts so far; each halves the level of the next. */
  readonly doubts: number;
  readonly doubted: boolean;
}

/** Returns a check without evidence. */
export function beginShareCheck(sides: ShareCheck['sides'], lowest: number, highest: number): ShareCheck {
  const logs = ratios[sides].map(() => 0);
  return { sides, lowest, highest, candidate: 0, baseline: 0, logs, doubts: 0, doubted: false };
}

/**
 * Adds the requests of both arms over an equal span. Given their sum, the candidate's are binomial with odds ρ times
 * those of the weight, ρ = 1 if the division is right. Doubt ends when new evidence confirms the division.
 */
export function addToShareCheck(check: ShareCheck, candidate: number, baseline: number): ShareCheck {
  const logs = ratios[check.sides].map((ratio, k) => {
    const share = ratio > 1 ? check.highest : check.lowest;
    const other = (ratio * share) / (ratio * share + 1 - share);
    return (
      (check.logs[k] ?? 0) +
      candidate * Math.log(other / share) +
      baseline * Math.log((1 - other) / (1 - share))
    );
  });
  const next = {
    ...check,
    logs,
    candidate: check.candidate + candidate,
    baseline: check.baseline + baseline,
  };
  if (check.doubted) return isRefuted(next) ? { ...next, doubted: false } : next;
  if (shareEvidence(next) < shareBound(next)) return next;
  const { sides, lowest, highest, doubts } = check;
  return { ...beginShareCheck(sides, lowest, highest), doubts: doubts + 1, doubted: true };
}

/** Returns ln E of the check. */
export function shareEvidence({ sides, logs }: ShareCheck): number {
  return logSum(logs.map((log, k) => log + Math.log(weights[sides][k] ?? 0)));
}

/** Returns the bound of ln E. */
export function shareBound({ doubts }: ShareCheck): number {
  return Math.log(2 ** doubts / shareDoubt);
}

/** Returns true if every wrong division is refuted. */
export function isConfirmed(check: ShareCheck): boolean {
  return !check.doubted && isRefuted(check);
}

function isRefuted({ logs }: ShareCheck): boolean {
  return logs.every((log) => log <= confirmedBelow);
}
