import type { Origin } from '../location.ts';
import type { Node } from './node.ts';
import type { Retries } from './retries.ts';

/** Limits of each client proxy for each version; `undefined` means no limit. Times are in milliseconds. */
export interface Connections {
  readonly maxConnections?: number;
  readonly maxPendingRequests?: number;
  readonly maxRequests?: number;
  /** With 0 there is no limit. */
  readonly maxRequestsPerConnection: number;
  readonly connectTimeout: number;
  /** With 0 there is no limit. */
  readonly idleTimeout: number;
}

/**
 * Ejection of instances that fail. A count of 0 turns a condition off; times are in milliseconds, percentages 0..100.
 */
export interface OutlierDetection extends Node {
  readonly consecutive5xx: number;
  readonly consecutiveGatewayErrors: number;
  readonly interval: number;
  readonly baseEjectionTime: number;
  readonly maxEjectionPercent: number;
  readonly minHealthPercent: number;
}

/** The key that keeps a user on one instance, within a version. A cookie's `ttl` in ms; 0 is a session cookie. */
export type Affinity = Node &
  (
    | { readonly type: 'cookie'; readonly name: string; readonly ttl: number; readonly path?: string }
    | { readonly type: 'header' | 'query'; readonly name: string }
    | { readonly type: 'sourceAddress' }
  );

export type Algorithm = 'round-robin' | 'least-request' | 'random' | 'ring-hash' | 'maglev';

export interface LoadBalancing {
  readonly algorithm: Algorithm;
  readonly affinity?: Affinity;
}

/** The largest share (0..100) of the requests under way that may be retries; a minimum of retries is always allowed. */
export interface RetryBudget extends Node {
  readonly percent: number;
  readonly minRetryConcurrency: number;
}

/** A bucket that holds `requests` + `burst` and is refilled by `requests` every `per` ms. */
export interface RateLimit extends Node {
  readonly requests: number;
  readonly per: number;
  readonly burst: number;
}

export interface ServiceRateLimit extends RateLimit {
  readonly scope: 'instance' | 'service';
}

/** Preferred instances; `failover` names clusters, in order. */
export interface Locality extends Node {
  readonly prefer: 'none' | 'same-zone' | 'same-region' | 'same-cluster';
  readonly failover: readonly { readonly from: string; readonly to: string }[];
}

/** All settings of a service or External, merged by the precedence of the language page. Times are in milliseconds. */
export interface Settings {
  /** With 0 there is no limit. */
  readonly timeout: number;
  readonly retries?: Retries;
  readonly connections: Connections;
  readonly outlierDetection?: OutlierDetection;
  readonly loadBalancing: LoadBalancing;
  readonly retryBudget?: RetryBudget;
  readonly rateLimit?: ServiceRateLimit;
  readonly locality?: Locality;
  /** Places of the settings, by dotted path (`retries.attempts`); a setting without a place is built in. */
  readonly origins: Readonly<Record<string, Origin>>;
}
