import type { CertificateFault } from '../identity/check-chain.ts';
import type { LeafSigners } from '../identity/leaf-signers.ts';
import type { Journal } from './journal.ts';
import type { Snapshot } from './snapshot.ts';
import type { State } from './state.ts';

/** The revision that is in force at an output. */
export interface CurrentRevision {
  /** The mark of its step. */
  readonly name: string;
  /** Digest of the compiled artifacts. */
  readonly compiled: string;
  /** The version of each part of the revision (a file by path, an object by ref), as written. */
  readonly versions: ReadonlyMap<string, string>;
  readonly snapshot: Snapshot;
  /** True if the driver's own record of the revision was lost, and was rebuilt from the snapshot. */
  readonly isRebuilt?: boolean;
}

/** A thing that is in the way of a run. `path` is its name for people and for `--adopt`. */
export interface Obstacle {
  readonly path: string;
  readonly why: string;
}

/** An output's records of its runs, and its real content. */
export interface Observed {
  readonly state: State;
  /** Absent if nothing was ever put in force, or if the revision in force is unknown. */
  readonly current?: CurrentRevision;
  /** The journal of the last recorded run, which may still be open. */
  readonly journal?: Journal;
  /** True if the state was lost, and was rebuilt from other records of the output. */
  readonly isRebuilt?: boolean;
  /** Parts of the revision in force that differ from what was written. */
  readonly altered: readonly string[];
  /** Objects in the output that belong to others. */
  readonly foreign: readonly Obstacle[];
  /** Proxies whose certificates lie in the output. */
  readonly material: ReadonlySet<string>;
  /** Faults of certificates, by proxy; absent if nobody looked. */
  readonly faults?: ReadonlyMap<string, CertificateFault>;
  /** The signers of certificates that have not expired, by proxy; absent if nobody looked. */
  readonly signers?: ReadonlyMap<string, LeafSigners>;
  /** The roots (PEM) in the Secret of an authority that hands them to verifiers; absent if nobody looked. */
  readonly handedRoots?: string;
  /** Proxies whose certificate another issuer signed than the one that signs now; absent if nobody looked. */
  readonly outdated?: ReadonlySet<string>;
}

/** Returns the version of each part of the revision in force; empty if there is none. */
export function currentVersions({ current }: Pick<Observed, 'current'>): ReadonlyMap<string, string> {
  return current?.versions ?? new Map();
}
