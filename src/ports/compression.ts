/** Compresses texts for places with little space. */
export interface Compression {
  /** Returns gzip (RFC 1952) of a text in base64; the same text gives the same bytes. */
  pack(text: string): string;
  /**
   * Returns the text that `pack` packed. Throws if `packed` isn't gzip in base64, or unpacks to more than `most` bytes.
   */
  unpack(packed: string, most: number): string;
}
