import type {
  Access,
  AccessCondition,
  AccessException,
  AccessOperation,
  AccessRule,
  CallerMatch,
} from '../ir/access.ts';
import type { Node } from '../ir/node.ts';
import { pathMatches } from '../ir/string-match.ts';
import { isInRange, parseAddress, parseRange } from '../lib/ip-range.ts';
import { decision, type Failure, refusal } from './answer.ts';
import type { Arrival } from './arrival.ts';
import { type Claims, claimValues } from './claims.ts';
import { hostName, hostnameTakes } from './host-name.ts';
import { headerMatches } from './match.ts';
import type { Decision } from './outcome.ts';
import { takesPrincipal } from './principal.ts';

/** The text beside an allow rule that lets a call in; other allow rules are listed with the reason why they don't. */
export const allowTakes = 'allow: this rule takes the call';

/** The verdict on a call, and the lines that decide it. */
export interface AccessCheck {
  readonly failure?: Failure;
  readonly decidedBy: readonly Decision[];
}

/**
 * Checks row 403: if the Access is closed, a call passes if some allow matches and no deny does; otherwise only denies
 * count.
 */
export function checkAccess(
  access: Access,
  owner: Node,
  arrival: Arrival,
  token: Claims | undefined,
): AccessCheck {
  const deny = access.deny.find((rule) => ruleMatches(rule, 'deny', arrival, token));
  if (deny !== undefined) {
    const decidedBy = [decision(deny.origin, 'deny: this rule takes the call')];
    return { failure: refusal(403, 'a deny rule takes the call', decidedBy), decidedBy };
  }
  if (!access.closed) return { decidedBy: [] };
  const allow = access.allow.find((rule) => ruleMatches(rule, 'allow', arrival, token));
  if (allow !== undefined) return { decidedBy: [decision(allow.origin, allowTakes)] };
  const decidedBy = [
    decision(owner.origin, 'closed: a call needs an allow rule that takes it'),
    ...access.allow.map((rule) => decision(rule.origin, `allow: ${misfit(rule, arrival)}`)),
  ];
  return { failure: refusal(403, 'no allow rule takes the call', decidedBy), decidedBy };
}

type Effect = 'allow' | 'deny';

/**
 * Returns true if a rule matches a call: `from` AND `to` AND `when`; lists inside are OR. A call that fits an exception
 * doesn't match.
 */
function ruleMatches(rule: AccessRule, effect: Effect, arrival: Arrival, token: Claims | undefined): boolean {
  return (
    fromMatches(rule, effect, arrival) &&
    toMatches(rule, arrival) &&
    whenMatches(rule, token) &&
    !isExcepted(rule, effect, arrival)
  );
}

/**
 * Returns true if an exception takes the call out of the rule. For a client whose address is unknown, an exception by
 * address applies to an allow, but not to a deny.
 */
function isExcepted({ except = [] }: AccessRule, effect: Effect, arrival: Arrival): boolean {
  const opposite = effect === 'allow' ? 'deny' : 'allow';
  return except.some(
    (exception) => fromMatches(exception, opposite, arrival) && toMatches(exception, arrival),
  );
}

function fromMatches({ from }: AccessException, effect: Effect, arrival: Arrival): boolean {
  return from === undefined || from.some((match) => callerMatches(match, effect, arrival));
}

/**
 * Returns true if the caller fits. A client without address never fits an allow by address, and always fits a deny by
 * address.
 */
function callerMatches(match: CallerMatch, effect: Effect, { identity, address }: Arrival): boolean {
  if (match.type !== 'address') return takesPrincipal(match, identity);
  const range = parseRange(match.range);
  const known = address === undefined ? undefined : parseAddress(address);
  if (range === undefined || known === undefined) return effect === 'deny';
  return isInRange(range, known);
}

function toMatches(rule: AccessException, arrival: Arrival): boolean {
  return rule.to === undefined || rule.to.some((operation) => operationMatches(operation, arrival));
}

/** Returns true if the conditions on the token hold. Without HTTP there are no tokens, so they never hold. */
function whenMatches(rule: AccessRule, token: Claims | undefined): boolean {
  if (rule.when === undefined) return true;
  return token !== undefined && rule.when.some((condition) => tokenFits(condition, token));
}

function operationMatches(operation: AccessOperation, arrival: Arrival): boolean {
  const { ports, methods, paths, hosts, headers } = operation;
  if (ports !== undefined && !ports.includes(arrival.port.name)) return false;
  if (!arrival.port.http) return [methods, paths, hosts, headers].every((part) => part === undefined);
  const host = hostName(arrival.host).name;
  return (
    (methods === undefined || methods.includes(arrival.method)) &&
    (paths === undefined || paths.some((path) => pathMatches(path, arrival.path))) &&
    (hosts === undefined || hosts.some((hostname) => hostnameTakes(hostname, host))) &&
    (headers === undefined || headers.every((header) => headerMatches(header, arrival)))
  );
}

function tokenFits(condition: AccessCondition, token: Claims): boolean {
  if (condition.issuer !== undefined && claimValues(token, ['iss'])[0] !== condition.issuer) return false;
  return condition.claims.every(({ path, values }) =>
    claimValues(token, path).some((value) => values.includes(value)),
  );
}

/** Returns the first part of a rule that the call does not fit. */
function misfit(rule: AccessRule, arrival: Arrival): string {
  if (!fromMatches(rule, 'allow', arrival)) {
    const byAddress = rule.from?.some(({ type }) => type === 'address') === true;
    const reason = byAddress && arrival.address === undefined ? ', whose address is not known' : '';
    return `its \`from\` does not hold the caller${reason}`;
  }
  if (!toMatches(rule, arrival)) return 'its `to` does not take the call';
  return isExcepted(rule, 'allow', arrival) ? 'its `except` takes the call' : 'its `when` does not hold';
}
