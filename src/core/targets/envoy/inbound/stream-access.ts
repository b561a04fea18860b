import type { AccessRule, CallerMatch } from '../../../ir/access.ts';
import type { PrincipalMatch } from '../../../ir/principal.ts';
import type { Port, Service } from '../../../ir/service.ts';
import type { Json } from '../../artifact.ts';
import { identity } from '../../envoy-filters/rbac/principals.ts';
import { takesStreams } from '../rbac/rules.ts';

/**
 * Access to a stream, as far as it can be decided before its first byte. Envoy's RBAC decides at the first byte, but a
 * server that speaks first has then already sent something. Two decisions come earlier: if plain-text callers are
 * allowed is known when compiling, and the TLS handshake checks the identities that may call.
 */
export interface StreamAccess {
  /** True if plain-text callers, which have no identity, may call. */
  readonly plain: boolean;
  /** Matchers of the identities that may call; empty if RBAC alone decides. */
  readonly callers: readonly Json[];
}

/** Returns the access to a port that isn't HTTP, as far as it can be decided before the first byte. */
export function streamAccess({ access }: Service, port: Port): StreamAccess {
  const allowing = access.closed ? rulesOf(access.allow, port) : [everybody];
  const denying = rulesOf(access.deny, port);
  const allowed = allowing.flatMap(({ from }) => from);
  // RBAC tells the callers of exceptions apart.
  const denied = denying.filter(({ hasExceptions }) => !hasExceptions).flatMap(({ from }) => from);
  return {
    plain: allowed.some(isAnyone) && !denying.some(({ from }) => from.some(isAnyone)),
    callers: allowed.some(isAnyone) ? [] : identities(allowed, denied),
  };
}

/** A rule as it holds for the connections to a port. */
interface StreamRule {
  readonly from: readonly PrincipalMatch[];
  /** True if some callers are excepted, by their identity. */
  readonly hasExceptions: boolean;
}

const anyone: PrincipalMatch = { type: 'anyone' };
const everybody: StreamRule = { from: [anyone], hasExceptions: false };

/** Returns the rules about connections to a port, without those from which an exception takes every connection. */
function rulesOf(rules: readonly AccessRule[], port: Port): readonly StreamRule[] {
  return rules.flatMap((rule) => {
    if (!takesStreams(rule, port.name)) return [];
    const exceptions = (rule.except ?? []).filter(({ to }) => takesStreams({ ...(to && { to }) }, port.name));
    if (exceptions.some(({ from }) => from?.some(isAnyone) ?? true)) return [];
    return [{ from: callersOf(rule), hasExceptions: exceptions.length > 0 }];
  });
}

/** Returns the callers of a rule, without addresses, which rules of a service don't have. */
function callersOf({ from }: AccessRule): readonly PrincipalMatch[] {
  return (from ?? [anyone]).filter((match) => match.type !== 'address');
}

function isAnyone({ type }: CallerMatch): boolean {
  return type === 'anyone';
}

/**
 * Returns matchers of the allowed identities, without those that are denied under the same match; RBAC refuses the
 * other denied ones.
 */
function identities(allowed: readonly PrincipalMatch[], denied: readonly PrincipalMatch[]): readonly Json[] {
  const refused = new Set(denied.map((match) => JSON.stringify(match)));
  const matchers = allowed.flatMap((match) =>
    match.type === 'anyone' || refused.has(JSON.stringify(match)) ? [] : [identity(match)],
  );
  // An empty list of matchers would allow everybody.
  return matchers.length > 0 ? matchers : [{ exact: 'nobody' }];
}
