/** Time, and waiting for it. */
export interface Clock {
  now(): Date;
  /**
   * Monotonic milliseconds since this machine was started, the same for every process; they stop while the machine
   * sleeps.
   */
  monotonic(): number;
  /** Ends early, without an error, when the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
