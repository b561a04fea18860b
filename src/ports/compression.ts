/** Packs texts for places that hold little. */
export interface Compression {
  /** Returns gzip (RFC 1952) of a text in base64; the same text gives the same bytes. */
  pack(text: string): string;
  /** Throws if it is no gzip in base64, or more than `most` bytes of text. */
  unpack(packed: string, most: number): string;
}
