import type { Validity } from './life.ts';

/** Returns the moment from which a certificate should be renewed, ms since the epoch: two thirds of its life are over. */
export function renewalStart({ notBefore, notAfter }: Validity): number {
  return notBefore + ((notAfter - notBefore) * 2) / 3;
}
