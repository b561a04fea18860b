import type { CertificateStanding } from './certificate-standing.ts';

/** The certificates of a mesh at a moment, as `mesh certs status` judges them. */
export interface CertificateList {
  readonly trustDomain: string;
  /** ms since the epoch. */
  readonly now: number;
  readonly certificates: readonly CertificateStanding[];
  /** Returns true if a certificate fails the command. */
  readonly fails: (certificate: CertificateStanding) => boolean;
}
