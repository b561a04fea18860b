import type { CertificateFacts, CertificateReader } from '../../ports/certificate-reader.ts';

/** The signers of a certificate, by SHA-256 in hexadecimal: its issuer, and the root that its chain leads to. */
export interface LeafSigners {
  /** Absent if a root itself signed the certificate. */
  readonly issuer?: string;
  /** Absent if none of the known roots signed the chain. */
  readonly root?: string;
}

/** Returns the signers of a chain, leaf first. */
export function leafSigners(
  reader: Pick<CertificateReader, 'isSignedBy'>,
  chain: readonly CertificateFacts[],
  roots: readonly CertificateFacts[],
): LeafSigners {
  const [, issuer] = chain;
  const last = chain.at(-1);
  const root = last && roots.find((one) => reader.isSignedBy(last, one));
  return {
    ...(issuer && { issuer: issuer.fingerprint }),
    ...(root && { root: root.fingerprint }),
  };
}
