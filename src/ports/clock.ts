/** Time, and waiting for it. */
export interface Clock {
  now(): Date;
  /** Milliseconds that only ever grow, the same for every process since this machine was started; stands while it sleeps. */
  monotonic(): number;
  /** Ends early, without an error, when the signal is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
