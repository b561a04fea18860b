import type { AccessRule, Cluster, ServedKind } from '../../../ports/cluster.ts';
import { PortError } from '../../../ports/port-error.ts';
import { exit } from '../../exit-code.ts';
import { secretName } from './cluster-material.ts';
import { inParallel } from './in-parallel.ts';
import { kindKey } from './observe-objects.ts';
import type { ClusterPlan } from './plan-cluster.ts';

/** A verb on a kind in a namespace; without a namespace, on objects of the whole cluster. */
export interface NeededRight {
  readonly verb: string;
  readonly kind: ServedKind;
  readonly namespace?: string;
  /** The object that the right is about; absent if it is about all of them. */
  readonly name?: string;
}

/** The verbs that the writes of each operation need; a server-side apply that creates an object needs two. */
const verbs: Readonly<Record<string, readonly string[]>> = {
  create: ['patch', 'create'],
  update: ['patch'],
  replace: ['patch'],
  adopt: ['patch'],
  delete: ['delete'],
  release: ['update'],
};

/** Returns the rights that a plan and the records of its run need, each once; an empty list if nothing is written. */
export function neededRights(plan: ClusterPlan, stateNamespace: string): readonly NeededRight[] {
  const needed = new Map<string, NeededRight>();
  const manifests = new Map(plan.wanted.map(({ ref, manifest }) => [ref, manifest]));
  for (const { ref, op } of plan.changes) {
    const one = (manifests.get(ref) ?? plan.observed.live.get(ref)) as Typed | undefined;
    const kind = one && plan.observed.served.get(kindKey(one));
    if (one === undefined || kind === undefined) continue;
    const { namespace } = one.metadata;
    for (const verb of verbs[op] ?? [])
      needed.set(`${verb} ${kind.apiVersion} ${kind.resource} ${namespace ?? ''}`, {
        ...{ verb, kind },
        ...(namespace !== undefined && { namespace }),
      });
  }
  return needed.size === 0 ? [] : [...stateRights(stateNamespace), ...needed.values()];
}

/**
 * Returns the rights that writes of the Secrets of authorities need, by their ids. The right to change them may be
 * limited to their names; the right to create them can't be.
 */
export function materialRights(ids: readonly string[]): readonly NeededRight[] {
  const kind = { apiVersion: 'v1', kind: 'Secret', resource: 'secrets', namespaced: true };
  const names = ids.map(secretName);
  const namespaces = [...new Set(names.map(({ namespace }) => namespace))];
  return [
    ...namespaces.map((namespace) => ({ verb: 'create', kind, namespace })),
    ...names.map(({ namespace, name }) => ({ verb: 'patch', kind, namespace, name })),
  ];
}

/** Throws PortError(1) if an object is to be written whose kind the cluster doesn't serve. */
export function requireKinds(
  { changes, wanted, observed }: ClusterPlan,
  cluster: Pick<Cluster, 'description'>,
): void {
  const manifests = new Map(wanted.map(({ ref, manifest }) => [ref, manifest as unknown as Typed]));
  const missing = new Set(
    changes.flatMap(({ ref }) => {
      const one = manifests.get(ref);
      return one === undefined || observed.served.has(kindKey(one))
        ? []
        : [`${one.kind} of ${one.apiVersion}`];
    }),
  );
  if (missing.size === 0) return;
  throw new PortError(
    `${cluster.description} has no ${[...missing].sort().join(', no ')}: install the CRDs, then apply again`,
    exit.failed,
  );
}

interface Typed {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly namespace?: string };
}

function stateRights(namespace: string): readonly NeededRight[] {
  const secrets = { apiVersion: 'v1', kind: 'Secret', resource: 'secrets', namespaced: true };
  const maps = { apiVersion: 'v1', kind: 'ConfigMap', resource: 'configmaps', namespaced: true };
  const leases = {
    ...{ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', resource: 'leases' },
    namespaced: true,
  };
  return [
    ...['list', 'create', 'update', 'delete'].map((verb) => ({ verb, kind: secrets, namespace })),
    ...['create', 'update'].map((verb) => ({ verb, kind: maps, namespace })),
    // The lock is held already; renewing and releasing it needs rights, too.
    { verb: 'update', kind: leases, namespace },
  ];
}

/**
 * Checks the rights of the caller before the first write, so that no run begins that can't end. Throws PortError(15),
 * which names the missing rights. Reads the rules of the whole cluster in one request, then those of each namespace where
 * a right is still open. Asks for single rights only if no rule grants them: an authorizer may list no rules.
 */
export async function requireRights(cluster: Cluster, needed: readonly NeededRight[]): Promise<void> {
  if (needed.length === 0) return;
  const everywhere = await cluster.rules();
  const bound = needed.filter((right) => !everywhere.some((rule) => grants(rule, right)));
  const namespaces = new Set(bound.map(({ namespace }) => namespace).filter((one) => one !== undefined));
  const rules = new Map<string, readonly AccessRule[]>();
  await inParallel([...namespaces], atOnce, async (namespace) => {
    rules.set(namespace, await cluster.rules(namespace));
  });
  const open = bound.filter(
    (right) => rules.get(right.namespace ?? '')?.some((rule) => grants(rule, right)) !== true,
  );
  const missing = await refused(cluster, open);
  if (missing.length === 0) return;
  const named = missing.map(rightText).sort();
  const more = named.length > most ? ` and ${named.length - most} more` : '';
  throw new PortError(
    `${cluster.description} does not allow to ${named.slice(0, most).join(', ')}${more}: mesh doctor --rbac apply prints the roles that are needed`,
    exit.unreachable,
  );
}

/** Asks for each kind in all namespaces, then in each namespace for what remains; returns the rights that are refused. */
async function refused(cluster: Cluster, open: readonly NeededRight[]): Promise<readonly NeededRight[]> {
  const wide = new Map(open.map((right) => [wideKey(right), right]));
  const everywhere = new Set<string>();
  await inParallel([...wide], atOnce, async ([key, { verb, kind }]) => {
    if (await cluster.may(verb, kind)) everywhere.add(key);
  });
  const missing: NeededRight[] = [];
  const left = open.filter((right) => !everywhere.has(wideKey(right)));
  await inParallel(left, atOnce, async (right) => {
    if (!(await cluster.may(right.verb, right.kind, right.namespace, right.name))) missing.push(right);
  });
  return missing;
}

/** Returns a key of the right to the same in all namespaces. */
function wideKey({ verb, kind }: NeededRight): string {
  return `${verb} ${kind.apiVersion} ${kind.resource}`;
}

const atOnce = 8;
const most = 10;

/** Returns true if a rule grants a right; a rule for named objects grants a right to one of these objects. */
function grants(
  { apiGroups, resources, verbs: allowed, names }: AccessRule,
  { verb, kind, name = '' }: NeededRight,
): boolean {
  const { apiVersion, resource } = kind;
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const has = (list: readonly string[], one: string): boolean => list.includes(one) || list.includes('*');
  const isAbout = names.length === 0 || names.includes(name);
  return isAbout && has(allowed, verb) && has(apiGroups, group) && has(resources, resource);
}

function rightText({ verb, kind: { apiVersion, resource }, namespace }: NeededRight): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.slice(0, apiVersion.indexOf('/'))}` : '';
  return `${verb} ${resource}${group}${namespace === undefined ? '' : ` in namespace ${namespace}`}`;
}
