import type { Origin } from '../location.ts';
import type { RouteMatch } from './match.ts';
import type { Node } from './node.ts';
import type { Retries } from './retries.ts';
import type { ServiceId } from './service-id.ts';
import type { RateLimit } from './settings.ts';

/**
 * The rules of one port, in order. The first rule that matches decides; without one the answer is 404 (on tls and tcp a
 * closed connection).
 */
export interface Route extends Node {
  /** True if there is no Route document: the only rule then forwards to all versions. */
  readonly implicit: boolean;
  /** Name of the document; the service's own when implicit. */
  readonly name: string;
  readonly rules: readonly Rule[];
}

/** The destination of a share of the requests. Without `version` all instances of all versions have the same chance. */
export interface Backend extends Node {
  /** The id of a service or an External. */
  readonly service: ServiceId;
  readonly version?: string;
  /** Name of the port there. */
  readonly port: string;
  /** Relative to the other weights; a backend of weight zero gets no requests. */
  readonly weight: number;
  /** The cookie that answers of this backend set; absent: none. */
  readonly session?: SessionCookie;
}

/** A cookie that lasts as long as the client's session, for all paths (RFC 6265). Both are tokens. */
export interface SessionCookie {
  readonly name: string;
  readonly value: string;
}

/** A destination for copies of requests; their answers are dropped. */
export interface Mirror extends Node {
  readonly service: ServiceId;
  readonly version?: string;
  readonly port: string;
  /** The percentage of requests that are copied, 0..100. */
  readonly percent: number;
}

/** Injected faults. Percentages 0..100, the delay in milliseconds. */
export interface Fault extends Node {
  readonly delay?: { readonly duration: number; readonly percent: number };
  readonly abort?: {
    readonly percent: number;
    /** An HTTP status in 200..599, or a gRPC status number. */
    readonly status?: number;
    readonly grpcStatus?: number;
  };
}

/**
 * Header changes. Names are in lower case, values literal, lists sorted by name. A name occurs in only one of the three
 * lists.
 */
export interface HeaderChanges {
  readonly set: readonly Header[];
  readonly add: readonly Header[];
  readonly remove: readonly string[];
}

export interface Header {
  readonly name: string;
  readonly value: string;
}

/**
 * A new path, normalised. `replacePrefix` replaces the prefix that matched (all matches of the rule are of type prefix
 * or startsWith), `replaceFull` the whole path.
 */
export interface PathChange {
  readonly type: 'replacePrefix' | 'replaceFull';
  readonly value: string;
}

export interface Rewrite extends Node {
  readonly path?: PathChange;
  readonly host?: string;
}

/** Cross-origin rules (Fetch standard). `maxAge` in seconds. `*` in a list means any. */
export interface Cors extends Node {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly allowCredentials: boolean;
  readonly maxAge?: number;
}

/**
 * A rule's rate limit, counted at each routing proxy; with `key`, counted for each value of that header (lower case).
 */
export interface RuleRateLimit extends RateLimit {
  readonly keyHeader?: string;
}

/** The action that sends the request on. */
export interface Forward {
  readonly type: 'forward';
  /** Never empty. If all weights are zero, the answer is 503. */
  readonly backends: readonly Backend[];
  /** Milliseconds for the whole request, including all tries; 0 means no limit. */
  readonly timeout: number;
  /** The place of the timeout; absent if it is built in. */
  readonly timeoutOrigin?: Origin;
  readonly retries?: Retries;
  readonly mirrors: readonly Mirror[];
  readonly fault?: Fault;
  readonly requestHeaders: HeaderChanges;
  readonly rewrite?: Rewrite;
  readonly rateLimit?: RuleRateLimit;
}

/** The action that answers with a `Location`; parts that are absent stay as in the request. */
export interface Redirect extends Node {
  readonly type: 'redirect';
  readonly scheme?: string;
  readonly host?: string;
  readonly port?: number;
  /** A text replaces the whole path; the query stays. */
  readonly path?: string | PathChange;
  readonly status: number;
}

/** The action that answers the request itself. */
export interface Respond extends Node {
  readonly type: 'respond';
  readonly status: number;
  readonly body: string;
}

export interface Rule extends Node {
  readonly name?: string;
  /** Matches of which one must fit; if empty, every request fits. */
  readonly matches: readonly RouteMatch[];
  readonly action: Forward | Redirect | Respond;
  /** Changes of every answer that passes the rule. */
  readonly responseHeaders: HeaderChanges;
  readonly cors?: Cors;
}
