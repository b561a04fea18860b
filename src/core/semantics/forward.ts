import type { Ir } from '../ir/ir.ts';
import type { RouteMatch } from '../ir/match.ts';
import type { Forward, Header, HeaderChanges } from '../ir/route.ts';
import { decision, type Failure, failed, noRoute } from './answer.ts';
import { type Arrival, target } from './arrival.ts';
import { certainAbort, possibleFaults } from './fault.ts';
import { after, alsoRemoved, alsoSet, changedHeaders } from './header-changes.ts';
import { ruleLimits } from './limits.ts';
import type { Decision, Forwarded, Outcome, Share } from './outcome.ts';
import { type Reached, reach } from './reach.ts';
import { retryTerms } from './retry-terms.ts';
import { changedPath } from './rewrite.ts';
import type { Sender } from './sender.ts';
import { merged, split, spread } from './split.ts';
import { withStartedTls } from './started-tls.ts';

/** A rule that forwards the request, and the sender whose proxy forwards it. */
export interface Forwarding {
  readonly ir: Ir;
  readonly sender: Sender;
  readonly action: Forward;
  readonly match: RouteMatch | undefined;
  readonly responseHeaders: HeaderChanges;
  readonly decidedBy: readonly Decision[];
}

/**
 * Decides by the rows of the table from an abort of 100 % to `forwarded`: weights, endpoints, and the rows of each
 * server.
 */
export function forward(forwarding: Forwarding, arrival: Arrival): Outcome {
  const { ir, sender, action, responseHeaders, decidedBy } = forwarding;
  const abort = certainAbort(action.fault);
  if (abort !== undefined) {
    const set = alsoSet(responseHeaders, abort.headers);
    const { status, reason, decidedBy: line } = abort;
    return { outcome: 'responded', status, reason, responseHeaders: set, decidedBy: [...decidedBy, line] };
  }
  const portions = split(ir, action.backends);
  if (portions.length === 0) {
    return failed(noRoute(503, 'the weights of all backends are zero', decidedBy), responseHeaders);
  }
  const received = asReceived(forwarding, arrival);
  const reached = portions.map((portion) => reach(ir, sender, portion, received));
  const failure = commonFailure(reached);
  if (failure !== undefined) {
    const lines = [...decidedBy, ...reached.flatMap((part) => part.failure?.decidedBy ?? [])];
    return failed({ ...failure, decidedBy: unique(lines) }, responseHeaders);
  }
  return forwarded(forwarding, arrival, received, reached);
}

/**
 * Returns the failure of a split whose backends all fail: that of the largest share or, among equal shares, the lowest
 * status. Returns undefined if a backend accepts requests.
 */
function commonFailure(reached: readonly Reached[]): Failure | undefined {
  const failures = reached.flatMap(({ failure, portion: { share, backend } }) =>
    failure === undefined ? [] : [{ failure, share, service: backend.service }],
  );
  if (failures.length < reached.length) return undefined;
  const shareOf = (status: number): number =>
    failures.reduce((sum, { failure, share }) => sum + (failure.status === status ? share : 0), 0);
  const [first] = failures.sort((one, other) => {
    const larger = shareOf(other.failure.status) - shareOf(one.failure.status);
    if (Math.abs(larger) > 1e-9) return larger;
    return one.failure.status - other.failure.status || (one.service < other.service ? -1 : 1);
  });
  return first?.failure;
}

function forwarded(
  { ir, action, responseHeaders, decidedBy }: Forwarding,
  arrival: Arrival,
  received: Arrival,
  reached: readonly Reached[],
): Forwarded {
  const accepted = reached.filter(({ failure }) => failure === undefined);
  const lost = reached.reduce(
    (sum, { failure, portion }) => sum + (failure === undefined ? 0 : portion.share),
    0,
  );
  const limits = ruleLimits(action, arrival);
  return {
    outcome: 'forwarded',
    backends: merged(withStartedTls(ir, shares(accepted), received.host)),
    ...(lost === 0 ? {} : { refusedShare: lost }),
    port: arrival.port.number,
    portName: arrival.port.name,
    timeout: arrival.port.http ? action.timeout : 0,
    ...retryTerms(arrival.port.http ? action.retries : undefined, arrival.method),
    mirrors: mirrors(ir, action, received.host),
    fault: possibleFaults(action.fault),
    rewritten: { path: target(received), host: received.host },
    requestHeaders: alsoRemoved(
      alsoSet(routed(action, arrival), commonHeaders(accepted)),
      commonReserved(accepted),
    ),
    responseHeaders,
    rateLimited: [...limits, ...limitsOf(accepted)],
    decidedBy: unique([
      ...decidedBy,
      ...settingLines(action, arrival, limits.length > 0),
      ...reached.flatMap((part) => part.failure?.decidedBy ?? part.decidedBy),
    ]),
  };
}

function shares(reached: readonly Reached[]): readonly Share[] {
  return reached.flatMap(({ portion }) => portion.shares);
}

/** Returns the request as servers receive it: path, host and headers after the route's changes. */
function asReceived({ action, match }: Forwarding, arrival: Arrival): Arrival {
  if (!arrival.port.http) return arrival;
  return {
    ...arrival,
    path: changedPath(action.rewrite?.path, match?.path, arrival.path) ?? arrival.path,
    host: action.rewrite?.host ?? arrival.host,
    headers: changedHeaders(arrival.headers, routed(action, arrival)),
  };
}

function mirrors(ir: Ir, action: Forward, host: string): Forwarded['mirrors'] {
  const sent = action.mirrors.filter(({ percent }) => percent > 0);
  const copies = sent.flatMap((mirror) => spread(ir, mirror, mirror.percent / 100));
  return merged(withStartedTls(ir, copies, host));
}

/** Returns the changes of the rule, followed by the headers that a gateway makes from claims. */
function routed(action: Forward, { added, reserved }: Arrival): HeaderChanges {
  return alsoRemoved(after(added, action.requestHeaders), reserved);
}

function commonReserved(accepted: readonly Reached[]): readonly string[] {
  return isOneService(accepted) ? (accepted[0]?.reserved ?? []) : [];
}

/** Returns the headers from claims that are the same for every backend. */
function commonHeaders(accepted: readonly Reached[]): readonly Header[] {
  return isOneService(accepted) ? (accepted[0]?.headers ?? []) : [];
}

function isOneService(accepted: readonly Reached[]): boolean {
  return new Set(accepted.map(({ portion }) => portion.backend.service)).size === 1;
}

/** Returns the limits of the services; a service with several versions among the backends is listed once. */
function limitsOf(accepted: readonly Reached[]): Forwarded['rateLimited'] {
  const byService = new Map(accepted.map((part) => [part.portion.backend.service, part.rateLimited]));
  return [...byService.values()].flat();
}

function settingLines(action: Forward, arrival: Arrival, counted: boolean): readonly Decision[] {
  if (!arrival.port.http) return [];
  const lines = [
    { origin: action.timeoutOrigin, what: 'timeout' },
    { origin: action.retries?.origin, what: 'retries' },
    { origin: action.rewrite?.origin, what: 'rewrite' },
    { origin: action.fault?.origin, what: 'fault' },
    { origin: counted ? action.rateLimit?.origin : undefined, what: 'rate limit of the rule' },
    ...action.mirrors.map(({ origin }) => ({ origin, what: 'mirror' })),
  ];
  return lines.flatMap(({ origin, what }) => (origin === undefined ? [] : [decision(origin, what)]));
}

function unique(lines: readonly Decision[]): readonly Decision[] {
  const seen = new Map(lines.map((line) => [`${line.file}:${line.line}:${line.column}:${line.what}`, line]));
  return [...seen.values()];
}
