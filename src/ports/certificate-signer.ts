import type { CertificatePlan } from '../core/identity/certificate-profile.ts';

/** Makes keys and signs certificates; the only one who sees both. */
export interface CertificateSigner {
  sign(plan: CertificatePlan, authority: KeyPair | undefined): Promise<KeyPair>;
}

/** A certificate and its private key, both PEM. */
export type KeyPair = Readonly<Record<'certificate' | 'key', string>>;
