import type { ReachedTrust } from '../identity/rotation/evidence.ts';
import type { Hold } from './hold.ts';
import { storedFormat } from './read-stored.ts';

/** The state of an output, except the revision in force. Times are ISO 8601. */
export interface State {
  readonly formatVersion: string;
  /** The owner of the output: `<mesh>.<environment>.<target>`. */
  readonly inventory: string;
  /** Epoch of the last run that wrote. */
  readonly epoch: number;
  /** History entry of the last run that succeeded. */
  readonly applied?: string;
  /** The time of each proxy's last answer, by id; a proxy that never answered is missing. */
  readonly proxies: Readonly<Record<string, { readonly seen: string }>>;
  /** Certificates in the output, by proxy. */
  readonly certificates: Readonly<Record<string, KeptCertificate>>;
  /** Absent in states of versions before 1.1. */
  readonly owned?: Owned;
  /** The hold that keeps the revision of a rollback in force until Git compiles to it. */
  readonly hold?: Hold;
  /**
   * The time of the last run that checked every certificate and renewed those that were due; absent in states of older
   * versions.
   */
  readonly renewed?: string;
  /** The trust in force; absent in states of older versions. */
  readonly trust?: ReachedTrust;
}

/**
 * The parts of the output that are ours and may be deleted: names by kind, whose meaning only the driver knows. During
 * a run the list is the union of the parts before and after the run, so that no part is lost if the run is killed.
 */
export type Owned = Readonly<Record<string, readonly string[]>>;

export interface KeptCertificate {
  readonly subject: string;
  /** SHA-256, hexadecimal. */
  readonly fingerprint: string;
  readonly issued: string;
  readonly expires: string;
  /** Digest of the set of roots under which issuers signed; the certificate chains to one of these roots. */
  readonly roots?: string;
}

/** Returns the state of an output before the first write. */
export function emptyState(inventory: string): State {
  return { formatVersion: storedFormat, inventory, epoch: 0, proxies: {}, certificates: {} };
}
