/** A span of validity, ms since the epoch. */
export interface Validity {
  readonly notBefore: number;
  readonly notAfter: number;
}

/** Whether a certificate should be renewed: two thirds of its life are over. */
export function renewalDue({ notBefore, notAfter }: Validity, now: number): boolean {
  return now >= notBefore + ((notAfter - notBefore) * 2) / 3;
}

/** Whether a certificate is of no use at this moment. */
export function expired({ notBefore, notAfter }: Validity, now: number): boolean {
  return now < notBefore || now >= notAfter;
}
