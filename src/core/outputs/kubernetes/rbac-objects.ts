import { certificateRequests } from '../../plan/certificate-actions.ts';
import type { Artifact } from '../../targets/artifact.ts';
import type { PodTrust } from '../../targets/pod-trust.ts';
import type { OwnedKind } from '../../targets/target.ts';
import { apiKinds } from './api-kinds.ts';
import { parentName } from './apply-set.ts';
import { secretName } from './cluster-material.ts';
import { type RbacJob, type RbacKind, rbacRules } from './rbac-rules.ts';
import { resourceOf } from './resource-of.ts';

/** The inventory that needs rights, and its objects. */
export interface RbacNeeds {
  readonly inventory: string;
  /** Namespace of the state. */
  readonly namespace: string;
  /** The objects of the mesh, compiled. */
  readonly artifacts: readonly Artifact[];
  /** Kinds that the target can write. */
  readonly owns: readonly OwnedKind[];
  /** The places at which pods show their trust, if the mesh says so. */
  readonly podTrust?: PodTrust | undefined;
}

const rbac = 'rbac.authorization.k8s.io/v1';

/**
 * Returns the objects that grant the least rights of a job to whoever is bound to both roles; for an apply also the
 * namespace of the state, so that the job needs no right to make namespaces.
 */
export function rbacObjects(
  { inventory, namespace, artifacts, owns, podTrust }: RbacNeeds,
  job: RbacJob,
): readonly object[] {
  const listed = apiKinds(owns).map(({ apiVersion, kind }) => ({ apiVersion, resource: resourceOf(kind) }));
  const { cluster, state } = rbacRules(kindsOf(artifacts), listed, job);
  const labels = { 'app.kubernetes.io/managed-by': 'mesh' };
  const name = `${parentName(inventory)}-${job}`;
  return [
    ...(job === 'apply'
      ? [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } }]
      : []),
    { apiVersion: rbac, kind: 'ClusterRole', metadata: { name, labels }, rules: cluster },
    { apiVersion: rbac, kind: 'Role', metadata: { name, namespace, labels }, rules: state },
    ...(job === 'apply'
      ? [...authorityRoles(artifacts, name, labels), ...evidenceRoles(artifacts, name, labels, podTrust)]
      : []),
  ];
}

/** Returns a role for each namespace with the Secret of an authority; RBAC can't limit `create` to a name. */
function authorityRoles(
  artifacts: readonly Artifact[],
  name: string,
  labels: Readonly<Record<string, string>>,
): readonly object[] {
  const secrets = new Map<string, string[]>();
  for (const { proxy } of certificateRequests(artifacts)) {
    const secret = secretName(proxy);
    secrets.set(secret.namespace, [...(secrets.get(secret.namespace) ?? []), secret.name]);
  }
  const rule = { apiGroups: [''], resources: ['secrets'] };
  return [...secrets].map(([namespace, names]) => ({
    apiVersion: rbac,
    kind: 'Role',
    metadata: { name: `${name}-authority`, namespace, labels },
    rules: [
      { ...rule, resourceNames: names, verbs: ['get', 'patch'] },
      { ...rule, verbs: ['create'] },
    ],
  }));
}

/** Returns the role for the gates of a rotation, which look at pods of all namespaces and at their roots. */
function evidenceRoles(
  artifacts: readonly Artifact[],
  name: string,
  labels: Readonly<Record<string, string>>,
  podTrust: PodTrust | undefined,
): readonly object[] {
  if (podTrust === undefined || certificateRequests(artifacts).length === 0) return [];
  const rules = [
    { apiGroups: [''], resources: ['pods'], verbs: ['list'] },
    { apiGroups: [''], resources: ['configmaps'], resourceNames: [podTrust.roots.configMap], verbs: ['get'] },
  ];
  return [{ apiVersion: rbac, kind: 'ClusterRole', metadata: { name: `${name}-evidence`, labels }, rules }];
}

/** Returns the kinds of the objects among artifacts, each once. */
function kindsOf(artifacts: readonly Artifact[]): readonly RbacKind[] {
  const kinds = new Map<string, RbacKind>();
  for (const one of artifacts) {
    if (one.type !== 'object') continue;
    const { apiVersion } = one.manifest as { readonly apiVersion: string };
    kinds.set(`${apiVersion} ${one.kind}`, { apiVersion, resource: resourceOf(one.kind) });
  }
  return [...kinds.values()];
}
