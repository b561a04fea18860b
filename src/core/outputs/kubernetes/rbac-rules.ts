/** A kind of objects, with its plural name. */
export interface RbacKind {
  readonly apiVersion: string;
  readonly resource: string;
}

/** A rule of a Role (rbac.authorization.k8s.io/v1 PolicyRule). */
export interface RbacRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** A job that needs rights: `plan` looks at a cluster, `apply` writes to it. */
export type RbacJob = 'plan' | 'apply';

/** Rules for a whole cluster and for the namespace of the state. */
export interface RbacRules {
  readonly cluster: readonly RbacRule[];
  readonly state: readonly RbacRule[];
}

/**
 * Returns the least rights of a job over kinds of objects: `plan` is for plan, status, history and drift, `apply` for
 * apply and rollback. A plan reads; without `patch` and `create` it says that its creates and updates are estimates.
 * Kinds in `listed` are only searched for objects of a lost inventory, as before a first apply.
 */
export function rbacRules(kinds: readonly RbacKind[], listed: readonly RbacKind[], job: RbacJob): RbacRules {
  const { objects, secrets, records } = verbs[job];
  const used = byGroup(kinds);
  const others = byGroup(listed.filter((one) => used.get(groupOf(one))?.has(one.resource) !== true));
  return {
    cluster: [...rulesOf(used, objects), ...rulesOf(others, ['list'])],
    state: [
      { apiGroups: [''], resources: ['secrets'], verbs: secrets },
      { apiGroups: [''], resources: ['configmaps'], verbs: records },
      { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: records },
    ],
  };
}

function groupOf({ apiVersion }: RbacKind): string {
  return apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));
}

function byGroup(kinds: readonly RbacKind[]): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = new Map<string, Set<string>>();
  for (const one of kinds)
    groups.set(groupOf(one), (groups.get(groupOf(one)) ?? new Set()).add(one.resource));
  return groups;
}

function rulesOf(
  groups: ReadonlyMap<string, ReadonlySet<string>>,
  granted: readonly string[],
): readonly RbacRule[] {
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, resources]) => ({
      apiGroups: [group],
      resources: [...resources].sort(),
      verbs: granted,
    }));
}

/** The verbs of each job: on objects, on the Secrets of the state, and on the ConfigMap and the Lease of the state. */
const verbs = {
  plan: { objects: ['get', 'list', 'watch'], secrets: ['get', 'list'], records: ['get'] },
  apply: {
    objects: ['get', 'list', 'create', 'patch', 'update', 'delete'],
    secrets: ['get', 'list', 'create', 'update', 'delete'],
    records: ['get', 'create', 'update'],
  },
} as const satisfies Readonly<Record<RbacJob, Readonly<Record<string, readonly string[]>>>>;
