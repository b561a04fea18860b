/** Reads certificates and keys of any origin; nothing here throws, whatever a text holds. */
export interface CertificateReader {
  /**
   * Returns the certificates of a PEM text in order; undefined if the text holds no certificate, a garbled one, or
   * anything else.
   */
  readonly certificates: (pem: string) => readonly CertificateFacts[] | undefined;
  /** Returns true if the issuer's name is the certificate's issuer and the issuer's key has signed it. */
  readonly isSignedBy: (certificate: CertificateFacts, issuer: CertificateFacts) => boolean;
  /** Returns the one private key of a PEM text, or the reason that there is no usable one. */
  readonly privateKey: (pem: string) => PrivateKeyFacts | { readonly problem: string };
}

/** The key usages that are checked (RFC 5280, section 4.2.1.3). */
export type KeyUsage = 'digitalSignature' | 'keyCertSign' | 'cRLSign';

/** The fields of an X.509 certificate. Times are ms since the epoch. */
export interface CertificateFacts {
  /** One PEM block. */
  readonly pem: string;
  /** SHA-256 of the DER form, hexadecimal. */
  readonly fingerprint: string;
  /** The serial number, hexadecimal; it begins with `-` if it is negative. */
  readonly serial: string;
  /** The distinguished name of the signer, one line for each part. */
  readonly issuer: string;
  readonly hasEmptySubject: boolean;
  /** Object identifiers of all extensions, with true for a critical one. */
  readonly extensions: ReadonlyMap<string, boolean>;
  /** Object identifier of the algorithm of the signature. */
  readonly signatureAlgorithm: string;
  readonly notBefore: number;
  readonly notAfter: number;
  readonly isAuthority: boolean;
  /** The number of authorities that may follow in the chain; absent if it is unlimited. */
  readonly pathLength?: number;
  /** Undefined if the certificate has no such extension. */
  readonly usages: ReadonlySet<KeyUsage> | undefined;
  /** Object identifiers of extended key usages. */
  readonly extendedUsages: readonly string[];
  readonly uris: readonly string[];
  readonly dnsNames: readonly string[];
  /** SHA-256 of the SubjectPublicKeyInfo, hexadecimal: the same for a certificate and its private key. */
  readonly publicKey: string;
  /** The key's type, for people: `ECDSA P-256`, `RSA 2048`. */
  readonly keyType: string;
}

/** A private key that was read. */
export interface PrivateKeyFacts {
  /** PKCS#8 PEM without a passphrase, whatever form it was read from. */
  readonly pem: string;
  /** SHA-256 of the SubjectPublicKeyInfo, hexadecimal. */
  readonly publicKey: string;
  /** The key's type, for people: `ECDSA P-256`, `RSA 2048`. */
  readonly keyType: string;
}
