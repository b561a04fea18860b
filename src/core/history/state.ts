/** What is known about an output beside its files; kept in `.mesh/state.json`. Times are ISO 8601. */
export interface State {
  readonly formatVersion: string;
  /** Whose output this is: `<mesh>.<environment>.<target>`. */
  readonly inventory: string;
  /** Raised by each run that writes. */
  readonly epoch: number;
  /** History entry of the last run that succeeded. */
  readonly applied?: string;
  /** When each proxy last answered, by id; one that isn't here was never seen. */
  readonly proxies: Readonly<Record<string, { readonly seen: string }>>;
  /** What is in `secrets/`, by proxy. */
  readonly certificates: Readonly<Record<string, KeptCertificate>>;
}

export interface KeptCertificate {
  readonly subject: string;
  /** SHA-256, hexadecimal. */
  readonly fingerprint: string;
  readonly issued: string;
  readonly expires: string;
  /** Digest of the roots that it chains to one of. */
  readonly roots?: string;
}

/** The state of an output that nothing was written to. */
export function emptyState(inventory: string): State {
  return { formatVersion: '1.0', inventory, epoch: 0, proxies: {}, certificates: {} };
}
