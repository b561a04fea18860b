import type { Ir } from '../../../ir/ir.ts';
import { type PrincipalMatch, spiffeId } from '../../../ir/principal.ts';
import type { Service } from '../../../ir/service.ts';
import type { HttpMatch, StringMatch } from '../crds/parts.ts';

/**
 * Callers inside the mesh in the forms that Istio can match: by the namespace and labels of their pods or, at
 * waypoints, by their recorded identity. Each entry is an alternative. A `Caller` without fields matches every caller;
 * an empty list matches none.
 */
export type Callers = readonly Caller[];

/** Conditions of a match on the caller. */
export interface Caller extends Pick<HttpMatch, 'sourceNamespace' | 'sourceLabels'> {
  /** The SPIFFE ID in `callerHeader`. */
  readonly identity?: StringMatch;
}

/**
 * The request header in which a waypoint records the caller's identity for its routes; it is removed before the request
 * is forwarded.
 */
export const callerHeader = 'x-meshwright-caller';

export const everyCaller: Callers = [{}];

/** The way to recognise callers: by their pods, or at waypoints by their identity. */
export type Mode = 'sidecar' | 'ambient';

/** Returns the callers of a `from`. An account is recognised by the workloads of the services that run under it. */
export function callersOf(ir: Ir, from: readonly PrincipalMatch[] | undefined, mode: Mode): Callers {
  if (from === undefined) return everyCaller;
  if (mode === 'ambient') return identitiesOf(from);
  const callers = from.flatMap((match): Callers => {
    switch (match.type) {
      case 'anyone':
      case 'authenticated':
        return everyCaller;
      case 'namespace':
        return match.trustDomain === ir.trustDomain ? [{ sourceNamespace: match.namespace }] : [];
      case 'spiffe':
        return servicesOf(ir, match.id).map(({ namespace, workload }) => ({
          sourceNamespace: namespace,
          sourceLabels: workload.labels,
        }));
    }
  });
  return isEveryCaller(callers) ? everyCaller : distinct(callers);
}

/** Returns callers by identity, which all calls through a waypoint have. */
function identitiesOf(from: readonly PrincipalMatch[]): Callers {
  const identities = from.map((match): Caller => {
    switch (match.type) {
      case 'anyone':
      case 'authenticated':
        return {};
      case 'namespace':
        return { identity: { prefix: `spiffe://${match.trustDomain}/ns/${match.namespace}/sa/` } };
      case 'spiffe':
        return { identity: { exact: match.id } };
    }
  });
  return isEveryCaller(identities) ? everyCaller : distinct(identities);
}

/**
 * Returns the callers inside some namespaces. In ambient returns all callers, since a rule that matches none would
 * close the service.
 */
export function inNamespaces(namespaces: readonly string[] | 'all', mode: Mode): Callers {
  return namespaces === 'all' || mode === 'ambient'
    ? everyCaller
    : namespaces.map((namespace) => ({ sourceNamespace: namespace }));
}

/** Returns the callers that are in both lists. */
export function bothOf(ones: Callers, others: Callers): Callers {
  return distinct(ones.flatMap((one) => others.flatMap((other) => both(one, other))));
}

export function isEveryCaller(callers: Callers): boolean {
  return callers.some((caller) => Object.keys(caller).length === 0);
}

/**
 * Returns the callers that both entries match. They never have two identities: in ambient, policies decide who is
 * admitted.
 */
function both(one: Caller, other: Caller): Callers {
  const [namespace, otherNamespace] = [one.sourceNamespace, other.sourceNamespace];
  if (namespace !== undefined && otherNamespace !== undefined && namespace !== otherNamespace) return [];
  const labels: Record<string, string> = { ...one.sourceLabels };
  for (const [key, value] of Object.entries(other.sourceLabels ?? {})) {
    if (labels[key] !== undefined && labels[key] !== value) return [];
    labels[key] = value;
  }
  return [{ ...one, ...other, ...(Object.keys(labels).length > 0 && { sourceLabels: labels }) }];
}

/** Returns the services that run under an account. */
export function servicesOf(ir: Ir, id: string): readonly Service[] {
  let accounts = known.get(ir);
  if (accounts === undefined) {
    accounts = new Map();
    for (const service of Object.values(ir.services)) {
      const account = spiffeId(service.workload.principal);
      accounts.set(account, [...(accounts.get(account) ?? []), service]);
    }
    known.set(ir, accounts);
  }
  return accounts.get(id) ?? [];
}

const known = new WeakMap<Ir, Map<string, readonly Service[]>>();

function distinct(callers: Callers): Callers {
  return [...new Map(callers.map((caller) => [JSON.stringify(caller), caller])).values()];
}
