/** The traffic that a forecast simulates. */
export interface Traffic {
  /** Requests a second of both arms together. */
  readonly perSecond: number;
  /** The baseline's share of bad requests, 0..1. */
  readonly bad: number;
  /** The baseline's share of slow requests, 0..1; used only if latency is judged. */
  readonly slow: number;
  /** The number of callers' proxies that count requests. */
  readonly callers: number;
}
