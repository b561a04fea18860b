import type { HeaderChanges } from '../ir/route.ts';
import type { Origin } from '../location.ts';

/** A share (0..1) of the requests. `version` is `*` where no endpoints are declared and none is named. */
export interface Share {
  readonly service: string;
  readonly version: string;
  /** Name of the port there; absent if nothing names the host. */
  readonly port?: string;
  /** TLS that the last proxy starts for the application, and the server name in it; absent: the application gets what was sent. */
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

/** Answered without reaching the application that was asked for. Status 0: the connection fails or is closed. */
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
  /** Absent: the body is not decided (an abort, a preflight). */
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

/** Sent on. Shares of backends and `refusedShare` sum to 1; times in milliseconds, 0 is none. */
export interface Forwarded extends Decided {
  readonly outcome: 'forwarded';
  readonly backends: readonly Share[];
  /** The share that the servers refuse, where backends of several services differ. */
  readonly refusedShare?: number;
  /** Number of the port at the service that was asked; of the listener at a gateway. */
  readonly port: number;
  /** Its name; absent where nothing names the host. */
  readonly portName?: string;
  readonly timeout: number;
  /** In all: retries + 1. */
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
