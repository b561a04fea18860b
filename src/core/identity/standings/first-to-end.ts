import type { CertificateStanding } from './certificate-standing.ts';

/**
 * Returns the certificate that breaks first: one that verifiers refuse already, else the one that ends first. Of
 * certificates that end together, the one that signs others comes first. Returns undefined if no date is known.
 */
export function firstToEnd(certificates: readonly CertificateStanding[]): CertificateStanding | undefined {
  const rank = ({ kind }: CertificateStanding): number =>
    ['root', 'federated', 'issuer', 'listener', 'workload'].indexOf(kind);
  const end = ({ state, expires }: CertificateStanding): number =>
    state === 'wrong' || state === 'missing' || state === 'early'
      ? Number.NEGATIVE_INFINITY
      : Date.parse(expires ?? '');
  return certificates
    .filter((one) => !Number.isNaN(end(one)))
    .toSorted((a, b) => (end(a) === end(b) ? rank(a) - rank(b) : end(a) - end(b)))[0];
}
