/**
 * The remaining share of a validity period below which somebody should act, and below which it is urgent
 * (certificates.md).
 */
const due = 0.25;
const near = 0.15;
const day = 24 * 60 * 60 * 1000;

/** The state of a validity period. `early`: not begun; `due` and `near`: at most 25 % and 15 % of the period are left. */
export type LifeState = 'good' | 'due' | 'near' | 'expired' | 'early';

/** The remaining life of a certificate. */
export interface Life {
  readonly state: LifeState;
  /** ISO 8601. */
  readonly expires: string;
  /** Whole days; negative once it has expired. */
  readonly daysLeft: number;
}

/** A validity period, ms since the epoch. */
export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
}

/**
 * Returns the remaining life of a validity period. A period that is longer than `minValidity` (ms) is `near` as soon as
 * less than `minValidity` is left.
 */
export function lifeOf({ notBefore, notAfter }: Validity, now: number, minValidity = 0): Life {
  return {
    state: stateOf(now - notBefore, notAfter - now, minValidity),
    expires: new Date(notAfter).toISOString(),
    daysLeft: Math.floor((notAfter - now) / day),
  };
}

function stateOf(lived: number, left: number, minValidity: number): LifeState {
  if (lived < 0) return 'early';
  if (left <= 0) return 'expired';
  const whole = lived + left;
  if (left <= near * whole || (whole > minValidity && left < minValidity)) return 'near';
  return left <= due * whole ? 'due' : 'good';
}
