import type {
  AccessCondition,
  AccessException,
  AccessOperation,
  AccessRule,
  CallerMatch,
} from '../../ir/access.ts';
import { parseRange } from '../../lib/ip-range.ts';
import { hostName, hostnameTakes } from '../../semantics/host-name.ts';
import { takesPrincipal } from '../../semantics/principal.ts';
import { all, any, type Condition, not } from '../condition.ts';
import { sharedCondition } from './condition-memory.ts';
import { headerCondition, methodCondition, pathCondition } from './conditions.ts';
import type { SymbolicArrival } from './symbolic-arrival.ts';

type Effect = 'allow' | 'deny';

/** Returns the condition on which a rule takes a call; `hasToken` says that a valid token was sent. */
export function ruleCondition(
  rule: AccessRule,
  effect: Effect,
  arrival: SymbolicArrival,
  hasToken: boolean,
): Condition {
  const opposite = effect === 'allow' ? 'deny' : 'allow';
  return all([
    fromCondition(rule, effect, arrival),
    toCondition(rule, arrival),
    rule.when === undefined || (hasToken && any(rule.when.map(tokenCondition))),
    not(
      any(
        (rule.except ?? []).map((exception) =>
          all([fromCondition(exception, opposite, arrival), toCondition(exception, arrival)]),
        ),
      ),
    ),
  ]);
}

function fromCondition({ from }: AccessException, effect: Effect, arrival: SymbolicArrival): Condition {
  return from === undefined || any(from.map((match) => callerCondition(match, effect, arrival)));
}

function callerCondition(match: CallerMatch, effect: Effect, arrival: SymbolicArrival): Condition {
  if (match.type !== 'address') return takesPrincipal(match, arrival.identity);
  const isDeny = effect === 'deny';
  if (parseRange(match.range) === undefined || !arrival.hasAddress) return isDeny;
  const known = { of: 'address-known' } as const;
  const inside = { of: 'address', range: match.range } as const;
  return isDeny ? any([not(known), inside]) : all([known, inside]);
}

function toCondition({ to }: AccessException, arrival: SymbolicArrival): Condition {
  if (to === undefined) return true;
  return sharedCondition(to, arrival, () =>
    any(to.map((operation) => operationCondition(operation, arrival))),
  );
}

function operationCondition(operation: AccessOperation, arrival: SymbolicArrival): Condition {
  const { ports, methods, paths, hosts, headers } = operation;
  if (ports !== undefined && !ports.includes(arrival.port.name)) return false;
  if (!arrival.port.http) return [methods, paths, hosts, headers].every((part) => part === undefined);
  const host = hostName(arrival.host).name;
  return all([
    methodCondition(methods),
    paths === undefined || any(paths.map((path) => pathCondition(path, arrival))),
    hosts === undefined || hosts.some((hostname) => hostnameTakes(hostname, host)),
    ...(headers ?? []).map((header) => headerCondition(header, arrival)),
  ]);
}

function tokenCondition({ issuer, claims }: AccessCondition): Condition {
  return all([
    issuer === undefined || { of: 'token', is: 'issuer', issuer },
    ...claims.map(({ path, values }): Condition => ({ of: 'claim', path, values })),
  ]);
}
