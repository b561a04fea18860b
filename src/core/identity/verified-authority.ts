import type { CertificateFacts, CertificateReader } from '../../ports/certificate-reader.ts';
import { PortError } from '../../ports/port-error.ts';
import { exit } from '../exit-code.ts';
import { authorityProblem, validityFault } from './check-chain.ts';

/**
 * Verifies a new issuer, or a new root, which has no signer: signature, authority, path length, validity, and that the
 * key belongs to the certificate. Throws PortError(13) if one of these is wrong.
 */
export function verifiedAuthority(
  reader: CertificateReader,
  pair: { readonly certificate: string; readonly key: string },
  signer: CertificateFacts | undefined,
  now: number,
): CertificateFacts {
  const [facts] = reader.certificates(pair.certificate) ?? [];
  const key = reader.privateKey(pair.key);
  const problem =
    facts === undefined
      ? 'is garbled'
      : 'problem' in key || key.publicKey !== facts.publicKey
        ? 'does not belong to its key'
        : reader.isSignedBy(facts, signer ?? facts)
          ? (authorityProblem(facts, 0) ??
            authorityProblem(signer ?? facts, signer ? 1 : 0) ??
            validityFault(facts, 'of', now)?.detail)
          : 'is not signed by its root';
  if (facts === undefined || problem !== undefined)
    throw new PortError(
      `the certificate that was signed ${String(problem)}; nothing was written`,
      exit.certificate,
    );
  return facts;
}
