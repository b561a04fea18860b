/** A file that this process alone may write until it releases it; what wasn't published leaves nothing behind. */
export interface ClaimedFile {
  /** Writes the whole file at once. Rejects if it no longer holds `before`; undefined: it must not be there. */
  publish(text: string, before: string | undefined): Promise<void>;
  release(): Promise<void>;
}
