/** The traffic that a forecast reckons with. */
export interface Traffic {
  /** Requests a second of both arms together. */
  readonly perSecond: number;
  /** The baseline's share of bad requests, 0..1. */
  readonly bad: number;
  /** The baseline's share of slow requests, 0..1; read if latency is judged. */
  readonly slow: number;
  /** Proxies of callers that count. */
  readonly callers: number;
}
