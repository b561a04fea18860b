import type { LifeState } from '../life.ts';

/** The purpose of a certificate that `mesh certs status` lists; `federated` is a root of another trust domain. */
export type StandingKind = 'root' | 'issuer' | 'workload' | 'listener' | 'federated';

/** A certificate in use, its remaining life, its chain and its trust. */
export interface CertificateStanding {
  readonly kind: StandingKind;
  /** The certificate's owner for people: `root of shop.example`, `issuer of prod`, a SPIFFE ID, a listener. */
  readonly name: string;
  readonly target?: string;
  /** Id of the proxy that uses the certificate. */
  readonly proxy?: string;
  /** Path of the file that holds the certificate. */
  readonly file?: string;
  /**
   * The state: a state of its life, `wrong` (verifiers refuse the certificate), `missing` (a proxy needs one and has
   * none), or `unseen` (it is in a place that this machine can't read).
   */
  readonly state: LifeState | 'wrong' | 'missing' | 'unseen';
  /** The reason of a state that the dates don't explain. */
  readonly detail?: string;
  /** SHA-256, hexadecimal. */
  readonly fingerprint?: string;
  /** Start of the validity period, ISO 8601. */
  readonly begins?: string;
  /** End of the validity period, ISO 8601. */
  readonly expires?: string;
  /** Whole days; negative once it has expired. */
  readonly daysLeft?: number;
  /** The moment at which two thirds of the life are over, ISO 8601; a renewal is due from then on. */
  readonly renewFrom?: string;
  /** SHA-256 of the certificates above this one, the root last if it is known. */
  readonly chain: readonly string[];
  /** True if the chain ends at a root that the mesh trusts; absent if the mesh's roots don't verify it. */
  readonly trusted?: boolean;
  /** The consequence of its end, for people. */
  readonly breaks: string;
}

/** Returns true if a certificate fails `mesh certs status`; one that is `due` only warns. */
export function needsCare({ state }: Pick<CertificateStanding, 'state'>): boolean {
  return state !== 'good' && state !== 'due' && state !== 'unseen';
}
