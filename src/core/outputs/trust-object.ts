/**
 * A part of a cluster that hands trust to proxies or uses it, as it is now. `why`: the reason why nobody knows what it
 * holds. `lacks`: the reason why it is not what the mesh needs.
 */
export type TrustObject =
  | HeldTrust
  | { readonly id: string; readonly why: string }
  | { readonly id: string; readonly lacks: string };

/** The trust that an object holds, or that the pods of a workload use. */
export interface HeldTrust {
  /** `<group>/<kind>/<namespace>/<name>` of an object, `<namespace>/<kind>/<name>` of a workload. */
  readonly id: string;
  /** All roots that verifiers trust (PEM), a text for each bundle; empty if they read them elsewhere. */
  readonly bundles: readonly string[];
  /** The certificates of the authorities that sign (PEM). */
  readonly certificates: readonly string[];
  /** The reasons why further bundles and certificates are unknown; absent if these are all. */
  readonly hidden?: Hidden;
  /** The command that replaces the workload's pods; absent if there is none. */
  readonly restart?: string;
}

/** The reasons why nobody sees a part of the trust that something uses. */
export interface Hidden {
  readonly bundles?: string;
  readonly certificates?: string;
}
