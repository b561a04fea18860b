import type { AccessRule } from '../../../ir/access.ts';
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
  const allowed = access.closed ? callersOf(access.allow, port) : [anyone];
  const denied = callersOf(access.deny, port);
  const isAnyone = ({ type }: PrincipalMatch): boolean => type === 'anyone';
  return {
    plain: allowed.some(isAnyone) && !denied.some(isAnyone),
    callers: allowed.some(isAnyone) ? [] : identities(allowed, denied),
  };
}

const anyone: PrincipalMatch = { type: 'anyone' };

/** Returns the callers of rules, without addresses, which rules of a service don't have. */
function callersOf(rules: readonly AccessRule[], port: Port): readonly PrincipalMatch[] {
  return rules
    .filter((rule) => takesStreams(rule, port.name))
    .flatMap(({ from }) => from ?? [anyone])
    .filter((match) => match.type !== 'address');
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
