import type { Origin } from '../location.ts';
import type { RouteMatch } from './match.ts';
import type { Node } from './node.ts';
import type { Retries } from './retries.ts';
import type { ServiceId } from './service-id.ts';
import type { RateLimit } from './settings.ts';

/**
 * The rules of one port, in order: the first that matches wins, and none means 404 (a closed connection on tls and
 * tcp).
 */
export interface Route extends Node {
  /** True if no Route document exists: one rule, to all versions alike. */
  readonly implicit: boolean;
  /** Name of the document; the service's own when implicit. */
  readonly name: string;
  readonly rules: readonly Rule[];
}

/** A destination of a share of the requests. `version` absent: all versions, every instance the same chance. */
export interface Backend extends Node {
  /** A service or an External. */
  readonly service: ServiceId;
  readonly version?: string;
  /** Name of the port there. */
  readonly port: string;
  /** Relative to the other weights; a backend of weight zero gets no requests. */
  readonly weight: number;
}

/** A destination for copies of requests; their answers are dropped. */
export interface Mirror extends Node {
  readonly service: ServiceId;
  readonly version?: string;
  readonly port: string;
  /** 0..100. */
  readonly percent: number;
}

/** Injected faults. Percentages 0..100, the delay in milliseconds. */
export interface Fault extends Node {
  readonly delay?: { readonly duration: number; readonly percent: number };
  readonly abort?: {
    readonly percent: number;
    /** HTTP status 200..599, or a gRPC status number. */
    readonly status?: number;
    readonly grpcStatus?: number;
  };
}

/** Header changes; names lower case, values literal, sorted by name. A name is in one of the three. */
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
 * A new path, normalised. `replacePrefix` exchanges the prefix that matched (all matches of the rule are of type prefix
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

/** A rule's rate limit counts at each routing proxy; with `key`, by value of that header (lower case). */
export interface RuleRateLimit extends RateLimit {
  readonly keyHeader?: string;
}

/** Sends the request on. */
export interface Forward {
  readonly type: 'forward';
  /** Never empty; weights may all be zero (503). */
  readonly backends: readonly Backend[];
  /** Milliseconds for the whole request, all tries included; 0 is no limit. */
  readonly timeout: number;
  /** Place of the timeout; absent when built in. */
  readonly timeoutOrigin?: Origin;
  readonly retries?: Retries;
  readonly mirrors: readonly Mirror[];
  readonly fault?: Fault;
  readonly requestHeaders: HeaderChanges;
  readonly rewrite?: Rewrite;
  readonly rateLimit?: RuleRateLimit;
}

/** Answers with a `Location`; absent parts stay as in the request. */
export interface Redirect extends Node {
  readonly type: 'redirect';
  readonly scheme?: string;
  readonly host?: string;
  readonly port?: number;
  /** A text is the whole path; the query stays. */
  readonly path?: string | PathChange;
  readonly status: number;
}

/** Answers itself. */
export interface Respond extends Node {
  readonly type: 'respond';
  readonly status: number;
  readonly body: string;
}

export interface Rule extends Node {
  readonly name?: string;
  /** Any of these; empty: every request. */
  readonly matches: readonly RouteMatch[];
  readonly action: Forward | Redirect | Respond;
  /** On every answer that comes through the rule. */
  readonly responseHeaders: HeaderChanges;
  readonly cors?: Cors;
}
