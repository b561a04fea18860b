import type { Hold } from './hold.ts';
import { storedFormat } from './read-stored.ts';

/** The state of an output beside the revision in force. Times are ISO 8601. */
export interface State {
  readonly formatVersion: string;
  /** The owner of the output: `<mesh>.<environment>.<target>`. */
  readonly inventory: string;
  /** Epoch of the last run that wrote: the generation of the inventory. */
  readonly epoch: number;
  /** History entry of the last run that succeeded. */
  readonly applied?: string;
  /** When each proxy last answered, by id; one that isn't here was never seen. */
  readonly proxies: Readonly<Record<string, { readonly seen: string }>>;
  /** Certificates that lie in the output, by proxy. */
  readonly certificates: Readonly<Record<string, KeptCertificate>>;
  /** Absent in what versions before 1.1 wrote. */
  readonly owned?: Owned;
  /** Keeps the revision of a rollback until Git compiles to it. */
  readonly hold?: Hold;
}

/**
 * The parts of the output that are ours and may be deleted: names by kind, whose meaning only the driver knows. During
 * a run the list is the union of before and after, so that a killed run leaks and forgets no part.
 */
export type Owned = Readonly<Record<string, readonly string[]>>;

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
  return { formatVersion: storedFormat, inventory, epoch: 0, proxies: {}, certificates: {} };
}
