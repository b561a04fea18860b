import type { ServedKind } from '../../../ports/cluster.ts';

/** A rule of a Role (rbac.authorization.k8s.io/v1 PolicyRule). */
export interface RbacRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** A job that rights are asked for: looking at a cluster, or writing to it. */
export type RbacJob = 'plan' | 'apply';

/** Rules for a whole cluster and for the namespace of the state. */
export interface RbacRules {
  readonly cluster: readonly RbacRule[];
  readonly state: readonly RbacRule[];
}

/**
 * Returns the least rights of a job over the kinds that a target writes. A plan reads; with `patch` and `create` beside
 * that it would ask the API server for the answer of a dry run, without them it says that its creates and updates are
 * estimates.
 */
export function rbacRules(kinds: readonly ServedKind[], job: RbacJob): RbacRules {
  const objectVerbs =
    job === 'plan'
      ? ['get', 'list', 'watch']
      : ['get', 'list', 'watch', 'create', 'patch', 'update', 'delete'];
  const stateVerbs = job === 'plan' ? ['get', 'list'] : ['get', 'list', 'create', 'update', 'delete'];
  const holdVerbs = job === 'plan' ? ['get'] : ['get', 'create', 'update'];
  const groups = new Map<string, Set<string>>();
  for (const { apiVersion, resource } of kinds) {
    const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
    groups.set(group, (groups.get(group) ?? new Set()).add(resource));
  }
  return {
    cluster: [...groups]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([group, resources]) => ({
        apiGroups: [group],
        resources: [...resources].sort(),
        verbs: objectVerbs,
      })),
    state: [
      { apiGroups: [''], resources: ['secrets'], verbs: stateVerbs },
      { apiGroups: [''], resources: ['configmaps'], verbs: holdVerbs },
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: holdVerbs },
    ],
  };
}
