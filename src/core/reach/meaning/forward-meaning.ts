import type { Ir } from '../../ir/ir.ts';
import type { RouteMatch } from '../../ir/match.ts';
import type { Backend, Forward } from '../../ir/route.ts';
import { own } from '../../lib/own.ts';
import { certainAbort, possibleFaults } from '../../semantics/fault.ts';
import { alsoRemoved, alsoSet } from '../../semantics/header-changes.ts';
import { notExposed } from '../../semantics/resolve-host.ts';
import type { Sender } from '../../semantics/sender.ts';
import { merged, type Portion, split, spread } from '../../semantics/split.ts';
import { withStartedTls } from '../../semantics/started-tls.ts';
import { branch, type Label, type Meaning } from '../meaning.ts';
import { headerCondition, methodCondition } from './conditions.ts';
import { externalMeaning } from './external-meaning.ts';
import { type FailureLabel, failure, hidden, isFailure } from './labels.ts';
import { changedReceived } from './received-path.ts';
import { type AcceptedLabel, serverMeaning } from './server-meaning.ts';
import type { SymbolicArrival } from './symbolic-arrival.ts';

/** A rule that forwards, and the sender whose proxy forwards. */
export interface Forwarding {
  readonly ir: Ir;
  readonly sender: Sender;
  readonly action: Forward;
  readonly match: RouteMatch | undefined;
  readonly responseHeaders: object;
  /** Headers from claims of a gateway's token. */
  readonly claims: readonly object[];
}

/** Returns the meaning of a rule that forwards, as `forward` decides. */
export function forwardMeaning(forwarding: Forwarding, arrival: SymbolicArrival): Meaning {
  const { ir, sender, action, responseHeaders } = forwarding;
  const abort = certainAbort(action.fault);
  if (abort !== undefined) {
    const { status, headers } = abort;
    return { label: { outcome: 'responded', status, headers, responseHeaders } };
  }
  const portions = split(ir, action.backends);
  if (portions.length === 0) return { label: failure('unroutable', 503, responseHeaders) };
  const received = asReceived(forwarding, arrival);
  const parts = portions.map((portion) => reachMeaning(ir, sender, portion, received));
  return withTerms(forwarding, arrival, (terms) => ({
    parts,
    join: (labels) => joined(forwarding, arrival, received, portions, terms, labels),
  }));
}

function asReceived({ action, match }: Forwarding, arrival: SymbolicArrival): SymbolicArrival {
  if (!arrival.port.http) return arrival;
  return {
    ...arrival,
    path: changedReceived(action.rewrite?.path, match?.path, arrival.path),
    host: action.rewrite?.host ?? arrival.host,
    changes: action.requestHeaders,
  };
}

/** Returns the meaning of one backend, as `reach` decides. */
function reachMeaning(ir: Ir, sender: Sender, portion: Portion, arrival: SymbolicArrival): Meaning {
  const { backend, shares } = portion;
  const service = own(ir.services, backend.service);
  if (service === undefined) return externalBackend(ir, sender, backend, arrival);
  const port = service.ports.find(({ name }) => name === backend.port);
  if (port === undefined) return { label: failure('unroutable', 404) };
  const unseen = sender.gateway === undefined ? undefined : notExposed(service, sender.namespace);
  if (unseen !== undefined) return { label: hidden(unseen.status) };
  if (shares.length === 0) return { label: failure('unroutable', 503) };
  return serverMeaning(ir, service, port, sender.identity, arrival);
}

function externalBackend(ir: Ir, sender: Sender, backend: Backend, arrival: SymbolicArrival): Meaning {
  const external = own(ir.externals, backend.service);
  const port = external?.ports.find(({ name }) => name === backend.port);
  if (external === undefined || port === undefined) return { label: failure('unroutable', 404) };
  return externalMeaning(ir, external, port, sender, arrival);
}

interface Terms {
  readonly isRetried: boolean;
  readonly isCounted: boolean;
}

/** Branches by the parts of a request that choose retries and the limit of the rule. */
function withTerms(
  { action }: Forwarding,
  arrival: SymbolicArrival,
  next: (terms: Terms) => Meaning,
): Meaning {
  const { retries, rateLimit } = action;
  const retried =
    arrival.port.http &&
    retries !== undefined &&
    methodCondition(retries.methods === 'all' ? undefined : retries.methods);
  const counted =
    rateLimit !== undefined &&
    (rateLimit.keyHeader === undefined ||
      headerCondition(
        {
          origin: rateLimit.origin,
          name: rateLimit.keyHeader,
          match: { type: 'present', value: true },
          negated: false,
        },
        { ...arrival, reserved: [] },
      ));
  const both = (isRetried: boolean): Meaning =>
    branch(
      counted,
      () => next({ isRetried, isCounted: true }),
      () => next({ isRetried, isCounted: false }),
    );
  return branch(
    retried,
    () => both(true),
    () => both(false),
  );
}

function joined(
  { ir, action, responseHeaders, claims }: Forwarding,
  arrival: SymbolicArrival,
  received: SymbolicArrival,
  portions: readonly Portion[],
  { isRetried, isCounted }: Terms,
  labels: readonly Label[],
): Label {
  const reached = portions.flatMap((portion, index) => {
    const label = labels[index];
    return label === undefined ? [] : [{ portion, label }];
  });
  const accepted = reached.filter(({ label }) => !isFailure(label));
  if (accepted.length === 0) return commonFailure(reached, responseHeaders);
  const lost = reached.reduce((sum, { label, portion }) => sum + (isFailure(label) ? portion.share : 0), 0);
  const shares = accepted.flatMap(({ portion }) => portion.shares);
  const isOneService = new Set(accepted.map(({ portion }) => portion.backend.service)).size === 1;
  const own = accepted[0]?.label as AcceptedLabel;
  const limits = new Map(
    accepted.map(({ portion, label }) => [portion.backend.service, (label as AcceptedLabel).limits]),
  );
  const { retries, rateLimit } = action;
  const written = isOneService ? own.claims : [];
  return {
    outcome: 'forwarded',
    backends: merged(withStartedTls(ir, shares, received.host)),
    ...(lost > 0 && { refusedShare: lost }),
    port: arrival.port.number,
    portName: arrival.port.name,
    timeout: arrival.port.http ? action.timeout : 0,
    ...(isRetried &&
      retries !== undefined && {
        retries: { tries: retries.attempts + 1, perTryTimeout: retries.perTryTimeout, on: retries.on },
      }),
    mirrors: mirrors(ir, action, received.host),
    fault: possibleFaults(action.fault),
    rewritten: { path: received.path, host: received.host },
    requestHeaders: reservedChanges(action, arrival, isOneService ? own.reserved : []),
    claims: [...claims, ...written],
    responseHeaders,
    rateLimited: [
      ...(isCounted && rateLimit !== undefined
        ? [{ requests: rateLimit.requests, per: rateLimit.per, burst: rateLimit.burst }]
        : []),
      ...[...limits.values()].flat(),
    ],
  };
}

function reservedChanges(action: Forward, arrival: SymbolicArrival, more: readonly string[]): object {
  return alsoRemoved(alsoSet(action.requestHeaders, []), [...arrival.reserved, ...more]);
}

function mirrors(ir: Ir, action: Forward, host: string): object {
  const sent = action.mirrors.filter(({ percent }) => percent > 0);
  const copies = sent.flatMap((mirror) => spread(ir, mirror, mirror.percent / 100));
  return merged(withStartedTls(ir, copies, host));
}

/** Returns the failure of a split whose backends all fail, by the same order as `decide`. */
function commonFailure(
  reached: readonly { readonly portion: Portion; readonly label: Label }[],
  responseHeaders: object,
): FailureLabel {
  const failures = reached.flatMap(({ label, portion: { share, backend } }) =>
    isFailure(label) ? [{ label, share, service: backend.service }] : [],
  );
  const shareOf = (status: number): number =>
    failures.reduce((sum, { label, share }) => sum + (label.status === status ? share : 0), 0);
  const [first] = failures.sort((one, other) => {
    const larger = shareOf(other.label.status) - shareOf(one.label.status);
    if (Math.abs(larger) > 1e-9) return larger;
    return one.label.status - other.label.status || (one.service < other.service ? -1 : 1);
  });
  if (first === undefined) return failure('unroutable', 503, responseHeaders);
  return { ...first.label, ...failure(first.label.outcome, first.label.status, responseHeaders) };
}
