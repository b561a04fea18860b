import type { HeaderChanges } from '../ir/route.ts';
import type { Origin } from '../location.ts';

/** A share (0..1) of the requests. `version` is `*` if no endpoints are declared and the backend names no version. */
export interface Share {
  readonly service: string;
  readonly version: string;
  /** Name of the port there; absent if nothing names the host. */
  readonly port?: string;
  /**
   * TLS that the last proxy starts for the application, and the server name in it; absent: the application gets what
   * was sent.
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

/** The request is answered without reaching the requested application. Status 0: the connection fails or is closed. */
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

/** The request is sent on. Shares of backends and `refusedShare` sum to 1; times in milliseconds, 0 is no limit. */
export interface Forwarded extends Decided {
  readonly outcome: 'forwarded';
  readonly backends: readonly Share[];
  /** The share that servers refuse, if backends of several services decide differently. */
  readonly refusedShare?: number;
  /** Number of the port of the requested service; at a gateway, of the listener. */
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
  /** Limits that count this request: where, and the bucket. */
  readonly rateLimited: readonly {
    readonly at: 'rule' | 'service';
    readonly requests: number;
    readonly per: number;
    readonly burst: number;
  }[];
}

/** The outcome of one request: a value of the language page's table of outcomes. */
export type Outcome = Refused | Responded | Redirected | Forwarded;
