/**
 * Results of earlier runs of this build on one folder, for this user alone. Each is kept whole, and any may be removed.
 */
export interface Memory {
  recall(name: string): Uint8Array | undefined;
  /** Stores a result; never fails: a result that can't be stored is dropped. */
  keep(name: string, bytes: Uint8Array): void;
}
