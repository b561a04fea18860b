/** A source of random bytes. */
export interface Entropy {
  bytes(count: number): Uint8Array;
}
