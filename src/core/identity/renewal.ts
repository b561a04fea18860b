import type { Validity } from './life.ts';

/** Returns the moment from which a certificate should be renewed, ms since the epoch: two thirds of its life are over. */
export function renewalStart({ notBefore, notAfter }: Validity): number {
  return notBefore + ((notAfter - notBefore) * 2) / 3;
}

/**
 * Returns a warning, for people, if a certificate should have been renewed long ago: 75 % of its life are over, so the
 * command that renews at two thirds has not run. Returns undefined if the renewal isn't overdue.
 */
export function overdueRenewal(validity: Validity, now: number): string | undefined {
  const { notBefore, notAfter } = validity;
  if (notAfter - now > (notAfter - notBefore) / 4) return undefined;
  const since = new Date(renewalStart(validity)).toISOString();
  return `its renewal is due since ${since}; 'mesh certs rotate workload' should run from a timer (mesh init --timer)`;
}
