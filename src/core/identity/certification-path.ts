import type { CertificateFacts, CertificateReader } from '../../ports/certificate-reader.ts';

/** The certificates that a path may use. */
export interface PathCandidates {
  /** Certificates in any order that come with the leaf. */
  readonly others: readonly CertificateFacts[];
  /** The roots that verifiers trust. */
  readonly roots: readonly CertificateFacts[];
  /** The moment at which the path should be valid, ms since the epoch. */
  readonly now: number;
}

/** The certificates above a leaf, its signer first. */
export interface CertificationPath {
  readonly signers: readonly CertificateFacts[];
  /** True if the last signer, or a leaf without signers, is one of the roots. */
  readonly isTrusted: boolean;
}

/** The most steps of a search; a hostile file could hold many certificates of one name and key. */
const mostSteps = 500;

/**
 * Returns the path from a certificate up to a root, from certificates in any order. Of several paths (a cross-signed
 * issuer, an old and a new certificate of one key) a trusted one is taken before others, and of these a valid one.
 * Without a trusted path the result is the longest path.
 */
export function certificationPath(
  reader: CertificateReader,
  leaf: CertificateFacts,
  { others, roots, now }: PathCandidates,
): CertificationPath {
  const trusted = new Set(roots.map(({ fingerprint }) => fingerprint));
  const candidates = [...new Map([...roots, ...others].map((one) => [one.fingerprint, one])).values()];
  let steps = 0;
  let best: CertificationPath = { signers: [], isTrusted: trusted.has(leaf.fingerprint) };
  let bestWorth = -1;
  const visit = (below: CertificateFacts, signers: readonly CertificateFacts[]): void => {
    steps += 1;
    const isTrusted = trusted.has(below.fingerprint);
    const isValid = signers.every(({ notBefore, notAfter }) => now >= notBefore && now < notAfter);
    const worth =
      (isTrusted ? 2000 : 0) + (isValid ? 1000 : 0) + (isTrusted ? -signers.length : signers.length);
    if (worth > bestWorth) [best, bestWorth] = [{ signers, isTrusted }, worth];
    if (isTrusted) return;
    const used = new Set([leaf, ...signers].map(({ fingerprint }) => fingerprint));
    for (const one of candidates) {
      if (steps > mostSteps) return;
      if (!used.has(one.fingerprint) && reader.isSignedBy(below, one)) visit(one, [...signers, one]);
    }
  };
  visit(leaf, []);
  return best;
}
