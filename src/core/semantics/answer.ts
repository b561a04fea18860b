import type { HeaderChanges } from '../ir/route.ts';
import type { Origin } from '../location.ts';
import { forwardedProtocol } from './forwarded-protocol.ts';
import { endsWithDot } from './host-name.ts';
import { isSafeQuery } from './normalise-path.ts';
import type { Decision, Forwarded, Outcome, Refused } from './outcome.ts';
import type { Request } from './request.ts';

/** Header changes without any header. */
export const noChanges: HeaderChanges = { set: [], add: [], remove: [] };

/** The fields of a request that is sent on unchanged: no limits, one try. */
export const untouched = {
  outcome: 'forwarded',
  timeout: 0,
  tries: 1,
  perTryTimeout: 0,
  retryOn: [],
  mirrors: [],
  fault: {},
  requestHeaders: noChanges,
  responseHeaders: noChanges,
  rateLimited: [],
} as const satisfies Partial<Forwarded>;

/** The reason why a request is not sent on: a row of the table of outcomes. */
export interface Failure {
  readonly outcome: 'refused' | 'unroutable';
  readonly status: number;
  readonly reason: string;
  readonly decidedBy: readonly Decision[];
}

/** Returns a `refused` row: the caller may not call. With status 0 the connection fails. */
export function refusal(status: number, reason: string, decidedBy: readonly Decision[]): Failure {
  return { outcome: 'refused', status, reason, decidedBy };
}

/** Returns an `unroutable` row: the call has no destination. */
export function noRoute(status: number, reason: string, decidedBy: readonly Decision[]): Failure {
  return { outcome: 'unroutable', status, reason, decidedBy };
}

/** Returns row 400 for a request whose host, protocol, query or path can't be passed on, with the first reason. */
export function unsafeRequest(request: Pick<Request, 'query' | 'host' | 'headers'>): Failure {
  const { query = '', host = '' } = request;
  if (endsWithDot(host)) return unsafeHost;
  if (forwardedProtocol(request) === '') return emptyProtocol;
  return isSafeQuery(query) ? unsafePath : unsafeQuery;
}

const unsafeHost = refusal(400, 'the host is unsafe: more than one dot stands at its end', []);

const emptyProtocol = refusal(400, 'the header x-forwarded-proto is empty', []);

const unsafeQuery = refusal(
  400,
  'the query is unsafe: it holds a blank, a `#`, or something else than visible ASCII; write it encoded',
  [],
);

const unsafePath = refusal(
  400,
  'the path is unsafe: it holds an encoded slash or backslash, `%00` or `#`, or hides dots before a `;`',
  [],
);

/** Returns the outcome of a failed request; `responseHeaders` are the changes of the rule that the answer passes. */
export function failed(failure: Failure, responseHeaders: HeaderChanges = noChanges): Refused {
  const { outcome, status, reason, decidedBy } = failure;
  return { outcome, status, reason, responseHeaders: status === 0 ? noChanges : responseHeaders, decidedBy };
}

/** Returns the outcome on a tls or tcp port: a refused or unroutable connection is closed without an answer (0). */
export function closed(outcome: Outcome): Outcome {
  const refused = outcome.outcome === 'refused' || outcome.outcome === 'unroutable';
  return refused ? { ...outcome, status: 0, responseHeaders: noChanges } : outcome;
}

/** Returns a line of the spec with its decision. */
export function decision(origin: Origin, what: string): Decision {
  return { file: origin.file, line: origin.line, column: origin.column, what };
}
