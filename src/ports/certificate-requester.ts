import type { CertificatePlan, KeyPair } from './certificate-signer.ts';

/** Makes and signs certification requests (PKCS#10, RFC 2986). */
export interface CertificateRequester {
  /** Makes a new key and a request for a certificate of these names and usages; both PEM. */
  request(plan: CertificatePlan): Promise<{ readonly request: string; readonly key: string }>;
  /** Returns the facts of a request, or the reason that it can't be used: garbled, or not signed by its own key. */
  read(request: string): Promise<RequestFacts | { readonly problem: string }>;
  /** Signs a certificate for the key of a valid request; names and usages are those of the plan. */
  signRequest(request: string, plan: CertificatePlan, authority: KeyPair): Promise<string>;
}

/** The fields of a certification request. */
export interface RequestFacts {
  /** SHA-256 of the SubjectPublicKeyInfo, hexadecimal. */
  readonly publicKey: string;
  readonly uris: readonly string[];
  readonly dnsNames: readonly string[];
}
