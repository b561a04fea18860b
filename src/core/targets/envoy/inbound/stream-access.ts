import type { AccessRule } from '../../../ir/access.ts';
import type { PrincipalMatch } from '../../../ir/principal.ts';
import type { Port, Service } from '../../../ir/service.ts';
import type { Json } from '../../artifact.ts';
import { identity } from '../../envoy-filters/rbac/principals.ts';
import { takesStreams } from '../rbac/rules.ts';

/**
 * Envoy's RBAC judges a stream at its first byte, when a server that speaks first has said something already. So what
 * can be judged earlier is: whether callers in plain text may come is known now, and who may come at all is asked in
 * the TLS handshake.
 */
export interface StreamAccess {
  /** Callers in plain text, who have no identity, may call. */
  readonly plain: boolean;
  /** Matchers of the identities that may call; empty: all, as far as RBAC lets them. */
  readonly callers: readonly Json[];
}

/** Access to a port that isn't HTTP, as far as it can be judged before the first byte. */
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

/** Rules of a service name no addresses. */
function callersOf(rules: readonly AccessRule[], port: Port): readonly PrincipalMatch[] {
  return rules
    .filter((rule) => takesStreams(rule, port.name))
    .flatMap(({ from }) => from ?? [anyone])
    .filter((match) => match.type !== 'address');
}

/** Denied ones are left out where both name the same; RBAC refuses the others. */
function identities(allowed: readonly PrincipalMatch[], denied: readonly PrincipalMatch[]): readonly Json[] {
  const refused = new Set(denied.map((match) => JSON.stringify(match)));
  const matchers = allowed.flatMap((match) =>
    match.type === 'anyone' || refused.has(JSON.stringify(match)) ? [] : [identity(match)],
  );
  // No matcher would let everybody in.
  return matchers.length > 0 ? matchers : [{ exact: 'nobody' }];
}
