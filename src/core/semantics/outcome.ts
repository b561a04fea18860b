import type { HeaderChanges } from '../ir/route.ts';
import type { Origin } from '../location.ts';

/** A share (0..1) of the requests. `version` is `*` if no endpoints are declared and the backend names no version. */
export interface Share {
  readonly service: string;
  readonly version: string;
  /** Name of the backend's port; absent if nothing names the host. */
  readonly port?: string;
  /**
   * TLS that the last proxy starts with the application, and its server name; absent if the application gets the bytes
   * as sent.
   */
  readonly tls?: { readonly serverName: string };
  readonly share: number;
}

/** A line of the spec that decided something about a request. */
export interface Decision extends Origin {
  readonly what: string;
}

interface Decided {
  readonly decidedBy: readonly Decision[];
}

/**
 * A request that is answered without reaching the requested application. With status 0 the connection fails or is
 * closed.
 */
export interface Refused extends Decided {
  readonly outcome: 'refused' | 'unroutable';
  readonly status: number;
  readonly reason: string;
  readonly responseHeaders: HeaderChanges;
}

export interface Responded extends Decided {
  readonly outcome: 'responded';
  readonly status: number;
  readonly reason: string;
  /** Absent if the body isn't part of the decision (an abort, a preflight). */
  readonly body?: string;
  readonly responseHeaders: HeaderChanges;
}

export interface Redirected extends Decided {
  readonly outcome: 'redirected';
  readonly status: number;
  readonly reason: string;
  readonly location: string;
  readonly responseHeaders: HeaderChanges;
}

/**
 * A request that is sent on. The shares of backends and `refusedShare` sum to 1; times are in milliseconds, and 0 is no
 * limit.
 */
export interface Forwarded extends Decided {
  readonly outcome: 'forwarded';
  readonly backends: readonly Share[];
  /** The share that servers refuse, if the servers of several backends decide differently. */
  readonly refusedShare?: number;
  /** Number of the requested service's port; at a gateway, of the listener's. */
  readonly port: number;
  /** Name of the port; absent if nothing names the host. */
  readonly portName?: string;
  readonly timeout: number;
  /** Number of tries: retries + 1. */
  readonly tries: number;
  readonly perTryTimeout: number;
  readonly retryOn: readonly (string | number)[];
  readonly mirrors: readonly Share[];
  readonly fault: {
    readonly delay?: { readonly ms: number; readonly share: number };
    readonly abort?: { readonly status: number; readonly share: number };
  };
  /** Path (with the query, if any) and host as the server receives them. */
  readonly rewritten: { readonly path: string; readonly host: string };
  readonly requestHeaders: HeaderChanges;
  readonly responseHeaders: HeaderChanges;
  /** Limits that count this request: the place where they count, and the bucket. */
  readonly rateLimited: readonly {
    readonly at: 'rule' | 'service';
    readonly requests: number;
    readonly per: number;
    readonly burst: number;
  }[];
}

/** The outcome of one request: a value of the language page's table of outcomes. */
export type Outcome = Refused | Responded | Redirected | Forwarded;
