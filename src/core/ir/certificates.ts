/** The place of a signing key. */
export type KeyStorage = 'file' | 'age' | 'external';

/** A reference to an issuer of cert-manager, or to one that extends it. */
export interface CertManagerIssuer {
  readonly name: string;
  readonly kind: string;
  readonly group: string;
}

/** Lifetimes in milliseconds. */
export interface CertificatesConfig {
  readonly root: { readonly lifetime: number; readonly keys: KeyStorage };
  readonly issuer: { readonly lifetime: number; readonly keys: KeyStorage };
  /** If the lifetime is absent, it is 24 h, or 7 d if no agent renews the certificates (proxies that read files). */
  readonly workload: { readonly lifetime?: number };
  readonly keyAlgorithm: string;
  /** age recipients of each key. */
  readonly recipients: { readonly root: readonly string[]; readonly issuer: readonly string[] };
  readonly delegate: 'none' | 'cert-manager' | 'spire';
  /** The issuer of cert-manager that `delegate` refers to. */
  readonly certManager?: CertManagerIssuer;
  /** The installation of SPIRE; absent without `delegate: spire`. */
  readonly spire?: { readonly namespace: string; readonly className?: string };
  /** Group that may read key files. */
  readonly fileGroup?: string;
  /** Federated trust domains and the PEM file (relative to the root) that holds each one's bundle. */
  readonly federation: readonly { readonly trustDomain: string; readonly bundle: string }[];
  /** `CompiledTrust.distrusted`, where a target has put it; the linked mesh of a spec has none. */
  readonly distrusted?: string;
}
