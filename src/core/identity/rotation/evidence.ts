import type { TrustPhase } from './rotation.ts';

/** The trust that the last successful run put in force at a target. Times are ISO 8601. */
export interface ReachedTrust {
  readonly phase: TrustPhase;
  /** `began` of the rotation; absent in `STEADY`. */
  readonly rotation?: string;
  /** The time at which a run first ended in this phase. */
  readonly since: string;
  /** The roots that verifiers trust, by `id`. */
  readonly roots: readonly string[];
  /** The `id` of the issuer that signs; absent if the target has none. */
  readonly issuer?: string;
  /** The proxies that confirmed the run. */
  readonly evidence: readonly string[];
}

/** A certificate by which a proxy proves its identity. */
export interface LeafEvidence {
  /** SHA-256, hexadecimal. */
  readonly fingerprint: string;
  /**
   * The root that the chain leads to, and the issuer that signed; each is absent if the trust file has no such
   * authority.
   */
  readonly root?: string;
  readonly issuer?: string;
  /** End of its validity, ms since the epoch. */
  readonly expires: number;
}

/** The trust that a proxy was seen to use. */
export interface SeenProxy {
  /** The roots of each of its bundles, by fingerprint; no bundle if it verifies nobody. */
  readonly bundles: readonly (readonly string[])[];
  readonly leaves: readonly LeafEvidence[];
  /** The reasons why it may have further bundles or certificates; absent if these are all. */
  readonly hidden?: { readonly bundles?: string; readonly leaves?: string };
}

/**
 * A known proxy of a target, or an object from which proxies take their trust. Without `seen`, `why` says why nobody
 * knows what it uses, or `lacks` what it is seen to lack.
 */
export interface ProxyEvidence {
  readonly id: string;
  readonly seen?: SeenProxy;
  readonly why?: string;
  readonly lacks?: string;
  /** The command that makes it take the trust of the last run; absent if there is none. */
  readonly restart?: string;
}

/** The evidence of one target. */
export interface TargetEvidence {
  readonly target: string;
  /** False if nothing was ever applied: no proxy depends on the target. */
  readonly isApplied: boolean;
  /** Absent if no run has recorded it. */
  readonly reached?: ReachedTrust;
  readonly proxies: readonly ProxyEvidence[];
  /** Present if the proxies of the target can't be observed at all: the reason. */
  readonly unseen?: string;
}
