/**
 * Results of earlier runs of this build on one folder, for this user only. Each result is kept whole, and any of them
 * may be removed at any time.
 */
export interface Memory {
  recall(name: string): Uint8Array | undefined;
  /** Stores a result. Never fails: drops a result that can't be stored. */
  keep(name: string, bytes: Uint8Array): void;
}
