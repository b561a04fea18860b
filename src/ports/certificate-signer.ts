/** Makes keys and signs certificates. */
export interface CertificateSigner {
  sign(plan: CertificatePlan, authority: KeyPair | undefined): Promise<KeyPair>;
}

/** A certificate and its private key, both PEM. */
export type KeyPair = Readonly<Record<'certificate' | 'key', string>>;

/** The purpose of a certificate. */
export type Profile = 'root' | 'issuer' | 'workload' | 'server';

/** All fields of a certificate except its keys and serial number. Times are ms since the epoch, whole seconds. */
export interface CertificatePlan {
  readonly profile: Profile;
  /** Distinguished name (RFC 4514). */
  readonly subject: string;
  /** Exactly one SPIFFE ID, or none for a server certificate. */
  readonly uri?: string;
  readonly dnsNames: readonly string[];
  readonly notBefore: number;
  readonly notAfter: number;
  readonly authority: boolean;
  /** The number of authorities that may follow in the chain; only in authorities. */
  readonly pathLength?: number;
}
