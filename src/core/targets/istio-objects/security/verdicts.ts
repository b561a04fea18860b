import type { AccessCondition, AccessException, AccessOperation, CallerMatch } from '../../../ir/access.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { sha256 } from '../../../lib/sha256.ts';
import type { Origin } from '../../../location.ts';
import type { Json } from '../../artifact.ts';
import { claim } from '../../envoy-filters/rbac/claims.ts';
import { all } from '../../envoy-filters/rbac/combine.ts';
import { butFor } from '../../envoy-filters/rbac/exceptions.ts';
import { permission } from '../../envoy-filters/rbac/permissions.ts';
import { principal } from '../../envoy-filters/rbac/principals.ts';
import type { PolicyCondition } from '../crds/parts.ts';
import type { Effect } from './expressible-values.ts';
import { type Guarded, isChanged } from './guarded.ts';

/**
 * A condition that no policy of Istio can express. An RBAC filter of the proxy records if it holds, and a policy reads
 * this record.
 */
export interface Verdict {
  /** Identifies the condition: a policy never reads the verdict of a filter for another condition. */
  readonly name: string;
  /** The `policies` of the filter; the condition holds if one of them matches. */
  readonly policies: Policies;
  /** True if the filter must run after the check of tokens. */
  readonly ofTokens: boolean;
  readonly origin: Origin;
}

type Policies = { readonly [name: string]: Json };

/** Returns the prefix of the keys under which the filter records verdicts. */
export function notePrefix({ name }: Pick<Verdict, 'name'>): string {
  return `${name}.`;
}

/**
 * Returns the condition of a policy that reads a verdict. If the filter is missing there is no verdict: an allow then
 * matches no call, and a deny matches every call.
 */
export function reading(verdict: Verdict, effect: Effect): PolicyCondition {
  const key = `experimental.envoy.filters.http.rbac[${notePrefix(verdict)}shadow_engine_result]`;
  return effect === 'allow' ? { key, values: ['allowed'] } : { key, notValues: ['denied'] };
}

/** Returns the verdict on an operation without its ports, which the policy compares itself. */
export function operationVerdict(asked: AccessOperation): Verdict {
  return verdict(asked.origin, { asked: { permissions: [permission(asked)], principals: [anyone] } });
}

/**
 * Returns the verdict that a request fits none of the exceptions. Returns undefined if an exception names an address, a
 * part that the proxy changes later, one of two ports that lead to the same port of the pods, or a port of a waypoint.
 */
export function exceptionVerdict(
  exceptions: readonly AccessException[],
  guarded: Guarded,
): Verdict | undefined {
  if (exceptions.some(({ to }) => to?.some((one) => isChanged(one, guarded)))) return undefined;
  // A client without an address fits no exception, but a filter would use the address of the proxy in front.
  if (exceptions.some(({ from }) => from?.some(({ type }) => type === 'address'))) return undefined;
  const [{ origin } = guarded] = exceptions;
  const policy = (permissions: Json, isFor: (operation: AccessOperation) => boolean): Json => ({
    permissions: [permissions],
    principals: [guarded.judge.identityOf(butFor(anyone, exceptions, isFor, caller))],
  });
  if (!exceptions.some(({ to }) => to?.some(({ ports }) => ports !== undefined)))
    return verdict(origin, { asked: policy({ any: true }, () => true) });
  const ports = guarded.ports.filter(({ http }) => http);
  if (!guarded.judge.seesPorts || new Set(ports.map(({ number }) => number)).size < ports.length)
    return undefined;
  const policies = ports.map(
    ({ name, number }) =>
      [name, policy({ destination_port: number }, (one) => one.ports?.includes(name) ?? true)] as const,
  );
  return verdict(origin, Object.fromEntries(policies));
}

/** Returns the verdict on the valid token, whose payload Istio stores under this key. */
export function tokenVerdict({ issuer, claims, origin }: AccessCondition): Verdict {
  const permissions = all([
    ...(issuer === undefined ? [] : [claim(['payload', 'iss'], [issuer])]),
    ...claims.map(({ path, values }) => claim(['payload', ...path], values)),
  ]);
  return verdict(origin, { token: { permissions: [permissions], principals: [anyone] } }, true);
}

const anyone: Json = { any: true };

function caller(match: CallerMatch): Json {
  return match.type === 'address' ? { not_id: anyone } : principal(match);
}

function verdict(origin: Origin, policies: Policies, ofTokens = false): Verdict {
  return { name: `mesh-${sha256(canonicalJson(policies)).slice(0, 12)}`, policies, ofTokens, origin };
}
