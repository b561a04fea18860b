import type { CertificateFacts, PrivateKeyFacts } from '../core/identity/certificate-facts.ts';

/** Reads certificates and keys of any origin; nothing here throws, whatever a text holds. */
export interface CertificateReader {
  /** The certificates of a PEM text in their order; undefined if it holds none, anything else, or a garbled one. */
  readonly certificates: (pem: string) => readonly CertificateFacts[] | undefined;
  /** Whether the issuer's name and key are those that signed the certificate. */
  readonly isSignedBy: (certificate: CertificateFacts, issuer: CertificateFacts) => boolean;
  /** The one private key of a PEM text, or why there is none that can be used. */
  readonly privateKey: (pem: string) => PrivateKeyFacts | { readonly problem: string };
}
