/** Results of earlier runs of this build on one folder, for this user alone, each kept whole; any may be forgotten. */
export interface Memory {
  recall(name: string): Uint8Array | undefined;
  /** Never fails: what can't be kept is not kept. */
  keep(name: string, bytes: Uint8Array): void;
}
