/** A private key that any reader can use: its kind in words, and its place in the text (offsets, `end` exclusive). */
export interface FoundKey {
  readonly what: string;
  readonly start: number;
  readonly end: number;
}
