import type { CertificateFacts, CertificateReader } from '../../ports/certificate-reader.ts';

/** Requirements on a leaf certificate. */
export interface WantedLeaf {
  /** A SPIFFE ID, or the DNS name of a server. */
  readonly subject: string;
  /** The moment of the check, ms since the epoch. */
  readonly now: number;
}

/** A reason why a certificate must not be used; `early` and `expired` depend on the time alone. */
export interface CertificateFault {
  readonly state: 'wrong' | 'early' | 'expired';
  readonly detail: string;
}

const serverAuth = '1.3.6.1.5.5.7.3.1';
const clientAuth = '1.3.6.1.5.5.7.3.2';

/**
 * Verifies a chain, leaf first, up to one of the roots: RFC 5280 (signatures, authorities, path lengths, validity) and
 * the X.509-SVID standard for a SPIFFE ID. Returns undefined if the leaf may be used.
 */
export function chainFault(
  reader: CertificateReader,
  chain: readonly CertificateFacts[],
  roots: readonly CertificateFacts[],
  { subject, now }: WantedLeaf,
): CertificateFault | undefined {
  const [leaf, ...issuers] = chain;
  if (leaf === undefined) return { state: 'wrong', detail: 'there is no certificate' };
  const detail = leafProblem(leaf, subject) ?? pathProblem(reader, chain, roots);
  if (detail !== undefined) return { state: 'wrong', detail };
  const last = chain.at(-1) ?? leaf;
  const root = roots.find((one) => reader.isSignedBy(last, one));
  return [leaf, ...issuers, ...(root ? [root] : [])]
    .map((certificate, depth) => validityFault(certificate, depth === 0 ? 'it' : 'its issuer', now))
    .find((fault) => fault !== undefined);
}

/** Returns the fault of a certificate that isn't valid at a moment; undefined if it is valid. */
export function validityFault(
  { notBefore, notAfter }: Pick<CertificateFacts, 'notBefore' | 'notAfter'>,
  who: string,
  now: number,
): CertificateFault | undefined {
  if (now < notBefore)
    return { state: 'early', detail: `${who} is not valid before ${new Date(notBefore).toISOString()}` };
  if (now >= notAfter)
    return { state: 'expired', detail: `${who} was valid until ${new Date(notAfter).toISOString()}` };
  return undefined;
}

function leafProblem(leaf: CertificateFacts, subject: string): string | undefined {
  const isSpiffe = subject.startsWith('spiffe://');
  const names = isSpiffe ? leaf.uris : leaf.dnsNames;
  if (isSpiffe ? names.length !== 1 || names[0] !== subject : !names.includes(subject))
    return `it is of ${names.length === 0 ? 'nobody' : names.join(', ')}, not of ${subject}`;
  if (leaf.isAuthority) return 'it is the certificate of an authority, which no proxy may use';
  if (leaf.usages?.has('keyCertSign') || leaf.usages?.has('digitalSignature') === false)
    return 'its key usage is not that of a workload';
  const uses = leaf.extendedUsages;
  if (!uses.includes(serverAuth) || (isSpiffe && !uses.includes(clientAuth)))
    return 'it may not be used for TLS by servers and clients';
  return undefined;
}

function pathProblem(
  reader: CertificateReader,
  chain: readonly CertificateFacts[],
  roots: readonly CertificateFacts[],
): string | undefined {
  for (const [depth, certificate] of chain.entries()) {
    const above = chain[depth + 1];
    const candidates = above === undefined ? roots : [above];
    const signer = candidates.find((one) => reader.isSignedBy(certificate, one));
    if (signer === undefined)
      return above === undefined
        ? 'none of the roots that the mesh trusts signed it or its issuer'
        : 'the certificates that come with it did not sign it';
    const problem = authorityProblem(signer, depth);
    if (problem !== undefined) return `its issuer ${problem}`;
  }
  return undefined;
}

/** Returns why a certificate can't sign above `below` other authorities, or undefined if it can. */
export function authorityProblem(
  { isAuthority, usages, pathLength }: CertificateFacts,
  below: number,
): string | undefined {
  if (!isAuthority || usages?.has('keyCertSign') === false) return 'is not the certificate of an authority';
  if (pathLength !== undefined && below > pathLength)
    return `may have ${String(pathLength)} authorities below it, and has ${String(below)} (pathLen)`;
  return undefined;
}
