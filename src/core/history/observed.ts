import type { CertificateFault } from '../identity/check-chain.ts';
import type { LeafSigners } from '../identity/leaf-signers.ts';
import type { Journal } from './journal.ts';
import type { Snapshot } from './snapshot.ts';
import type { State } from './state.ts';

/** The revision that is in force at an output. */
export interface CurrentRevision {
  /** The mark of its step. */
  readonly name: string;
  /** Digest of what it was compiled to. */
  readonly compiled: string;
  /** Version of each of its parts (a file by path, an object by ref), as written. */
  readonly versions: ReadonlyMap<string, string>;
  readonly snapshot: Snapshot;
  /** The driver's own record of it was lost, and made again from the snapshot. */
  readonly isRebuilt?: boolean;
}

/** Something in the way. `path` names it for people and for `--adopt`. */
export interface Obstacle {
  readonly path: string;
  readonly why: string;
}

/** An output's memory of its runs, and its real content. */
export interface Observed {
  readonly state: State;
  /** Absent if nothing was ever put in force, or nobody knows what is. */
  readonly current?: CurrentRevision;
  /** The last run that was recorded: it may be open still. */
  readonly journal?: Journal;
  /** The state was lost, and taken from what else is there. */
  readonly isRebuilt?: boolean;
  /** Parts of the revision in force that aren't as they were written. */
  readonly altered: readonly string[];
  /** Objects that are there and aren't ours. */
  readonly foreign: readonly Obstacle[];
  /** Proxies whose certificates lie in the output. */
  readonly material: ReadonlySet<string>;
  /** Faults of certificates, by proxy; absent if nobody looked. */
  readonly faults?: ReadonlyMap<string, CertificateFault>;
  /** The signers of certificates that have not expired, by proxy; absent if nobody looked. */
  readonly signers?: ReadonlyMap<string, LeafSigners>;
  /** Proxies whose certificate another issuer signed than the one that signs now; absent if nobody looked. */
  readonly outdated?: ReadonlySet<string>;
}

/** Returns the version of each part of the revision in force; empty if there is none. */
export function currentVersions({ current }: Pick<Observed, 'current'>): ReadonlyMap<string, string> {
  return current?.versions ?? new Map();
}
