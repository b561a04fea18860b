import type { Api, ApiObject } from './api.ts';

/**
 * Writes the status that controllers and a kubelet would write: each Deployment and ReplicaSet is ready with all of its
 * pods.
 */
export async function readyWorkloads(api: Api): Promise<void> {
  for (const kind of ['deployments', 'replicasets'])
    for (const one of await api.list(`/apis/apps/v1/${kind}`)) {
      const status = readyStatus(kind, one);
      const { observedGeneration, replicas } = one.status ?? {};
      if (observedGeneration === status['observedGeneration'] && (replicas ?? 0) === status['replicas'])
        continue;
      const { namespace, name } = one.metadata;
      await api.merge(`/apis/apps/v1/namespaces/${namespace}/${kind}/${name}/status`, { status });
    }
}

function readyStatus(kind: string, { metadata, spec }: ApiObject): Readonly<Record<string, unknown>> {
  const replicas = spec?.['replicas'] ?? 1;
  const ready = {
    observedGeneration: metadata.generation,
    ...{ replicas, readyReplicas: replicas, availableReplicas: replicas },
  };
  if (kind === 'replicasets') return { ...ready, fullyLabeledReplicas: replicas };
  const conditions = [
    { type: 'Available', status: 'True' },
    { type: 'Progressing', status: 'True', reason: 'NewReplicaSetAvailable' },
  ];
  return { ...ready, updatedReplicas: replicas, conditions };
}

/** Returns a Deployment of one image. */
export function deployment(namespace: string, name: string, image: string): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: { app: name } },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: podTemplate(name, image),
    },
  };
}

/** Returns the template of pods of one image. */
export function podTemplate(name: string, image: string): object {
  return { metadata: { labels: { app: name } }, spec: { containers: [{ name: 'app', image }] } };
}
