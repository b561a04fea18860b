/** Chance. */
export interface Entropy {
  bytes(count: number): Uint8Array;
}
