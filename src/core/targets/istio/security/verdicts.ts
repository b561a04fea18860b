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
import { type Guarded, isChanged } from './guarded.ts';
import type { Effect } from './said.ts';

/**
 * A condition that no policy of Istio can say. An RBAC filter of the proxy notes whether it holds, and a policy reads the
 * note.
 */
export interface Verdict {
  /** Tells it from all other conditions: a policy never reads the verdict of a filter that asks for something else. */
  readonly name: string;
  /** `policies` of the filter; the condition holds where one of them does. */
  readonly policies: Policies;
  /** True if the filter has to run behind the check of tokens. */
  readonly ofTokens: boolean;
  readonly origin: Origin;
}

type Policies = { readonly [name: string]: Json };

/** Returns what the keys of the filter's notes begin with. */
export function notePrefix({ name }: Pick<Verdict, 'name'>): string {
  return `${name}.`;
}

/**
 * Returns the condition of a policy that reads a verdict. Without the filter there is no note: what allows then takes no
 * call, and what denies takes each.
 */
export function reading(verdict: Verdict, effect: Effect): PolicyCondition {
  const key = `experimental.envoy.filters.http.rbac[${notePrefix(verdict)}shadow_engine_result]`;
  return effect === 'allow' ? { key, values: ['allowed'] } : { key, notValues: ['denied'] };
}

/** Returns the verdict on an operation; of its ports the policy asks itself. */
export function operationVerdict(asked: AccessOperation): Verdict {
  return verdict(asked.origin, { asked: { permissions: [permission(asked)], principals: [anyone] } });
}

/**
 * Returns the verdict that a request is none of the exceptions. Undefined if an exception asks for an address, for what the
 * proxy changes later, or names one of two ports that lead to the same port of the pods, or a port of a waypoint.
 */
export function exceptionVerdict(
  exceptions: readonly AccessException[],
  guarded: Guarded,
): Verdict | undefined {
  if (exceptions.some(({ to }) => to?.some((one) => isChanged(one, guarded)))) return undefined;
  // A client without address fits no exception, and a filter takes the proxy in front for it.
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

/** Returns the verdict on the valid token: Istio leaves its payload under this key. */
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
