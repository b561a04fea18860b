/** A span of validity, ms since the epoch. */
export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** Returns true if a certificate should be renewed: two thirds of its life are over. */
export function renewalDue({ notBefore, notAfter }: Validity, now: number): boolean {
  return now >= notBefore + ((notAfter - notBefore) * 2) / 3;
}

/** Returns true if a certificate isn't valid at `now`. */
export function expired({ notBefore, notAfter }: Validity, now: number): boolean {
  return now < notBefore || now >= notAfter;
}
