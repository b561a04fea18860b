import type { LiveObject } from '../../../src/ports/cluster.ts';
import { type connected, kindOf } from './connected.ts';
import { rawRequest } from './raw-request.ts';

/** A pod as its node reports it. */
export interface ReportedPod {
  readonly namespace: string;
  readonly name: string;
  /** The name of its only container. */
  readonly container: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** The Deployment that it belongs to; without one nobody would replace the pod. */
  readonly deployment?: string;
  readonly env?: readonly object[];
  /** Start of its container, ms since the epoch. */
  readonly started: number;
}

/** Makes a pod, or makes it anew, with the status that a kubelet would write: it runs and is ready since its start. */
export async function reportPod(cluster: ReturnType<typeof connected>, pod: ReportedPod): Promise<void> {
  const { namespace, name, container, deployment, env = [], started } = pod;
  await removePod(cluster, pod);
  const accounts = await kindOf(cluster, 'v1', 'ServiceAccount');
  await cluster.create(accounts, {
    ...{ apiVersion: 'v1', kind: 'ServiceAccount' },
    metadata: { name: 'default', namespace },
  });
  const hash = { 'pod-template-hash': 'abc' };
  const owner = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    name: `${deployment ?? ''}-abc`,
    uid: 'u',
    controller: true,
  };
  const path = `/api/v1/namespaces/${namespace}/pods`;
  await rawRequest('POST', path, {
    ...{ apiVersion: 'v1', kind: 'Pod' },
    metadata: {
      ...{ name, namespace },
      labels: { ...pod.labels, ...(deployment !== undefined && hash) },
      ...(deployment !== undefined && { ownerReferences: [owner] }),
    },
    spec: { containers: [{ name: container, image: 'none', env }] },
  });
  const at = new Date(started).toISOString().replace(/\.\d+Z/, 'Z');
  const running = { name: container, image: 'none', imageID: '', ready: true, restartCount: 0 };
  await rawRequest('PATCH', `${path}/${name}/status`, {
    status: {
      phase: 'Running',
      startTime: at,
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: at }],
      containerStatuses: [{ ...running, state: { running: { startedAt: at } } }],
    },
  });
}

/** Deletes a pod at once, if it exists. */
export async function removePod(
  cluster: ReturnType<typeof connected>,
  { namespace, name }: Pick<ReportedPod, 'namespace' | 'name'>,
): Promise<void> {
  const kind = await kindOf(cluster, 'v1', 'Pod');
  const live: LiveObject | undefined = await cluster.read(kind, { namespace, name });
  if (live === undefined) return;
  await rawRequest('DELETE', `/api/v1/namespaces/${namespace}/pods/${name}`, { gracePeriodSeconds: 0 });
}
