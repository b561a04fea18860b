import type { ServiceId } from '../ir/service-id.ts';
import type { Arm } from './stream-line.ts';

/** A condition on a label. `=~` takes an RE2 expression of the whole value, as PromQL does; an absent label is empty. */
export interface LabelMatcher {
  readonly label: string;
  readonly op: '=' | '!=' | '=~' | '!~';
  readonly value: string;
}

/** The series of one metric that fulfil all conditions. */
export interface Series {
  readonly metric: string;
  readonly matchers: readonly LabelMatcher[];
}

/**
 * The side of the counting proxies. `client`: proxies of callers, whose counts are judged. `server`: proxies that
 * serve, whose counts show who is to blame.
 */
export type Side = 'client' | 'server';

/**
 * The times of requests. `slower`: a counter of the requests that take longer than `max` milliseconds; `buckets`: a
 * cumulative histogram with bounds in the label `le`; `milliseconds` is the unit of the bounds.
 */
export type Times =
  | { readonly type: 'slower'; readonly series: Series; readonly max: number }
  | { readonly type: 'buckets'; readonly series: Series; readonly milliseconds: number };

/** Counters of the requests to one arm, on one side. */
export interface ArmCounter {
  readonly arm: Arm;
  readonly side: Side;
  /** Cumulative counters; a proxy has one or more. */
  readonly requests: Series;
  /** A series of `requests` counts bad requests if it fulfils all conditions of one of these lists. */
  readonly bad: readonly (readonly LabelMatcher[])[];
  /** Absent if times aren't judged or aren't known. */
  readonly times?: Times;
}

/** A proxy whose counters can be read at an address of its own. */
export interface ScrapedProxy {
  /** Names the proxy in evidence. */
  readonly id: string;
  /** `host:port`, the value of the first of `proxyLabels`. */
  readonly address: string;
  readonly path: string;
  readonly sides: readonly Side[];
}

/** The counters of proxies that tell the arms of a rollout apart. */
export interface Arms {
  readonly counters: readonly ArmCounter[];
  /** A gauge or counter that each running proxy of a side has exactly once. */
  readonly alive: Readonly<Partial<Record<Side, Series>>>;
  /** The labels that together name the proxy in the series of a Prometheus server. */
  readonly proxyLabels: readonly [string, ...string[]];
  /**
   * Names of proxies in evidence, by the values of `proxyLabels` joined with `/`. A proxy without a name is called by
   * these values.
   */
  readonly names: Readonly<Record<string, string>>;
  /** Absent for a mesh whose proxies can't be asked from here. */
  readonly proxies?: readonly ScrapedProxy[];
  /** Counters of all requests to all versions of the service, which exist before a rollout, too. */
  readonly all: readonly Series[];
  /** Sentences in Markdown, for users, about requests that the counters miss. */
  readonly notes: readonly string[];
}

/** The arms of a rollout of one service, and the requests that count as bad. */
export interface ArmQuestion {
  readonly service: ServiceId;
  /** Versions. */
  readonly baseline: string;
  readonly candidate: string;
  /** Classes of bad answers: `4xx`, `5xx`, `grpc`, `reset`, `timeout`, a gRPC status, an HTTP status. */
  readonly bad: readonly string[];
  /** Milliseconds above which a request is slow; absent: times aren't judged. */
  readonly slowAbove?: number;
  /** True if the candidate gets copies of requests, whose answers nobody sees (`strategy: shadow`). */
  readonly copies?: boolean;
}

/** The reason, for users, why a target can't count the arms of a service. */
export interface NoArms {
  readonly why: string;
}
