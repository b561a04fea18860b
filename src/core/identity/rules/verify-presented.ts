import type { CertificateFacts, CertificateReader } from '../../../ports/certificate-reader.ts';
import { certificationPath } from '../certification-path.ts';
import { type Presented, readPresented } from '../presented.ts';
import { checkCertificates } from './check-certificates.ts';
import type { ExpectedLeaf } from './leaf-rules.ts';
import type { Verified } from './verified.ts';

/** The requirements on presented certificates. */
export interface VerificationRequest extends Partial<ExpectedLeaf> {
  /** The roots that have to verify the chain; absent if they aren't known. */
  readonly roots?: readonly CertificateFacts[];
  /**
   * True if the roots hold for every certificate; else a server certificate without a URI name may be of any other
   * authority.
   */
  readonly isStrict: boolean;
  /** PEM of the leaf's key, if the text doesn't hold it. */
  readonly key?: string;
  /** ms since the epoch. */
  readonly now: number;
}

/** Verifies the text of a file with certificates. */
export function verifyText(
  reader: CertificateReader,
  name: string,
  text: string,
  expected: VerificationRequest,
): Verified {
  const presented = readPresented(reader, text);
  if ('problem' in presented)
    return {
      name,
      certificates: 0,
      broken: [{ rule: 'readable', severity: 'error', detail: presented.problem }],
    };
  return verifyPresented(reader, name, presented, expected);
}

/** Verifies certificates in any order. */
export function verifyPresented(
  reader: CertificateReader,
  name: string,
  { certificates, key }: Presented,
  { roots, isStrict, now, key: ownKey = key, ...expected }: VerificationRequest,
): Verified {
  const leaf = certificates.find(({ isAuthority }) => !isAuthority);
  const isForeign =
    !isStrict &&
    leaf !== undefined &&
    leaf.uris.length === 0 &&
    !certificationPath(reader, leaf, { others: certificates, roots: roots ?? [], now }).isTrusted;
  const subject = leaf?.uris[0] ?? leaf?.dnsNames[0];
  return {
    name,
    ...(subject !== undefined && { subject }),
    certificates: certificates.length,
    broken: checkCertificates(reader, {
      certificates,
      now,
      expected,
      ...(roots && !isForeign && { roots }),
      ...(ownKey !== undefined && { key: ownKey }),
    }),
  };
}
