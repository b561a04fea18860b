import type { CertificateFacts, CertificateReader } from '../../ports/certificate-reader.ts';
import { PortError } from '../../ports/port-error.ts';
import { exit } from '../exit-code.ts';
import { authorityProblem, validityFault } from './check-chain.ts';
import { brokenAuthorityRule } from './rules/broken-authority-rule.ts';

/** The trust domain and the moment, ms since the epoch. */
interface Circumstances {
  readonly trustDomain: string;
  readonly now: number;
}

/**
 * Verifies a new issuer, or a new root, which has no signer: signature, authority, path length, validity, the rules of
 * signing certificates, and that the key belongs to the certificate. Throws PortError(13) if one of these is wrong.
 */
export function verifiedAuthority(
  reader: CertificateReader,
  pair: { readonly certificate: string; readonly key: string },
  signer: CertificateFacts | undefined,
  of: Circumstances,
): CertificateFacts {
  const [facts] = reader.certificates(pair.certificate) ?? [];
  const problem = facts === undefined ? 'is garbled' : problemOf(reader, facts, pair.key, signer, of);
  if (facts === undefined || problem !== undefined)
    throw new PortError(
      `the certificate that was signed ${String(problem)}; nothing was written`,
      exit.certificate,
    );
  return facts;
}

function problemOf(
  reader: CertificateReader,
  facts: CertificateFacts,
  pem: string,
  signer: CertificateFacts | undefined,
  { trustDomain, now }: Circumstances,
): string | undefined {
  const key = reader.privateKey(pem);
  if ('problem' in key || key.publicKey !== facts.publicKey) return 'does not belong to its key';
  if (!reader.isSignedBy(facts, signer ?? facts)) return 'is not signed by its root';
  if (signer && facts.notAfter > signer.notAfter)
    return 'breaks the rule outlives-issuer: it ends after its root';
  return (
    authorityProblem(facts, 0) ??
    authorityProblem(signer ?? facts, signer ? 1 : 0) ??
    validityFault(facts, 'can not be used: it', now)?.detail ??
    brokenAuthorityRule(reader, facts, trustDomain)
  );
}
