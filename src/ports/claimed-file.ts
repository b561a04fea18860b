/**
 * A file that only this process may write until the process releases its claim. A claim that is released without
 * `publish` leaves no file behind.
 */
export interface ClaimedFile {
  /**
   * Writes the whole file at once. Throws if the file no longer holds `before`; if `before` is undefined, throws if
   * the file exists.
   */
  publish(text: string, before: string | undefined): Promise<void>;
  release(): Promise<void>;
}
