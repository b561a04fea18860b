/** One kind of stream. Times are seconds since the attempt began. */
export interface Scenario {
  /** Requests a second of both arms together. */
  readonly rps: number;
  /** The candidate's share in per cent, as the stream says (10). */
  readonly weight?: number;
  /** The factor of the odds by which the requests really divide differently (1). */
  readonly shareError?: number;
  readonly candidates?: number;
  readonly baselines?: number;
  /** The share of bad requests (0.002). */
  readonly errors?: number;
  /** The factor of the candidate's bad requests at a time (1). */
  readonly worse?: (t: number) => number;
  /** Bad requests that both arms have on top, at a time (0). */
  readonly outage?: (t: number) => number;
  /** The shape of the gamma multiplier of an instance and minute; without it errors are independent. */
  readonly bursts?: number;
  /** The chance that a scrape of one instance doesn't come (0). */
  readonly lost?: number;
  /** The chance that an instance restarts between two scrapes: its counters begin anew (0). */
  readonly restarts?: number;
  /** Instances come under new names instead of the old ones. */
  readonly renamed?: boolean;
  /** Seconds by which each instance is read later than the one before it (0). */
  readonly stagger?: number;
  /** Users, each of whom stays on one arm; a user sends requests with the same probability as any other. */
  readonly users?: number;
  /** Seconds between two scrapes (15), and the length of the stream (3,600). */
  readonly interval?: number;
  readonly length?: number;
  /** Latency: the share of slow requests of both arms, and the candidate's factor. */
  readonly slow?: number;
  readonly slower?: (t: number) => number;
}
