import type { Arms } from '../core/evidence/arms.ts';
import type { FailedScrape, Scrape } from '../core/evidence/stream-line.ts';
import type { Unreadable } from '../core/evidence/unreadable.ts';

/** A source of the counters of proxies. */
export interface MetricsSource {
  /** The name of the source for people: `the Prometheus server at https://…`. */
  readonly description: string;
  /**
   * Reads the counters of both arms at one moment; `t` is that moment in seconds since the attempt began. Never
   * rejects: everything that can't be read gives failed lines.
   */
  read(arms: Arms, t: number, signal?: AbortSignal): Promise<readonly (Scrape | FailedScrape)[]>;
  /** Returns the requests a second to all versions of the service at present. Never rejects. */
  rate(arms: Arms, signal?: AbortSignal): Promise<RequestRate | Unreadable>;
  /** Returns the value of a query that gives one series. Never rejects. Absent if the source takes no queries. */
  value?(query: string, signal?: AbortSignal): Promise<number | Unreadable>;
  /** Closes connections that are idle. */
  close?(): void;
}

/** Requests a second, on average over the last `seconds`. */
export interface RequestRate {
  readonly perSecond: number;
  readonly seconds: number;
}
