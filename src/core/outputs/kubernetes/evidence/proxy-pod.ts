import type { LiveObject } from '../../../../ports/cluster.ts';
import type { Json } from '../../../lib/json.ts';
import { jsonRecord } from '../../../lib/json-record.ts';
import type { PodTrust } from '../../../targets/pod-trust.ts';

/** A pod, as far as its trust shows. Times are ms since the epoch, in whole seconds, by the clock of its node. */
export interface SeenPod {
  readonly namespace: string;
  readonly name: string;
  /** The owner that would replace the pod: `deployment/web`; `pod/web` if there is none. */
  readonly workload: string;
  /** The start of the container, or of the oldest one if none was named; absent if it doesn't run. */
  readonly started?: number;
  /** The time since which the pod is ready; absent if it isn't. */
  readonly ready?: number;
  /** The roots (PEM) in a variable of the proxy's container. */
  readonly roots?: string;
}

/** Returns a pod with a proxy of the mesh; undefined for a pod without a proxy, or one that has ended. */
export function proxyPod(live: LiveObject, { container, roots }: PodTrust): SeenPod | undefined {
  const spec = jsonRecord(live['spec']);
  const found = [...list(spec['containers']), ...list(spec['initContainers'])]
    .map(jsonRecord)
    .find(({ name }) => name === container);
  if (found === undefined || hasEnded(live)) return undefined;
  const text = list(found['env'])
    .map(jsonRecord)
    .find(({ name }) => name !== undefined && name === roots.variable)?.['value'];
  return { ...seenPod(live, container), ...(typeof text === 'string' && text !== '' && { roots: text }) };
}

/** Returns a pod of the authority; undefined if the pod has ended. */
export function authorityPod(live: LiveObject): SeenPod | undefined {
  return hasEnded(live) ? undefined : seenPod(live);
}

function hasEnded(live: LiveObject): boolean {
  const { phase } = jsonRecord(live['status']);
  return phase === 'Succeeded' || phase === 'Failed';
}

function seenPod(live: LiveObject, container?: string): SeenPod {
  const status = jsonRecord(live['status']);
  const starts = [...list(status['containerStatuses']), ...list(status['initContainerStatuses'])]
    .map(jsonRecord)
    .filter(({ name }) => container === undefined || name === container)
    .map(({ state }) => time(jsonRecord(jsonRecord(state)['running'])['startedAt']))
    .filter((start) => start !== undefined);
  const ready = list(status['conditions'])
    .map(jsonRecord)
    .find(({ type, status: value }) => type === 'Ready' && value === 'True');
  const since = ready && time(ready['lastTransitionTime']);
  return {
    namespace: live.metadata.namespace ?? '',
    name: live.metadata.name,
    workload: workloadOf(live),
    ...(starts.length > 0 && { started: Math.min(...starts) }),
    ...(since !== undefined && { ready: since }),
  };
}

/** Returns the controller of a pod; a ReplicaSet with the hash of a Deployment in its name stands for the Deployment. */
function workloadOf({ metadata }: LiveObject): string {
  const owner = list(jsonRecord(metadata as Json)['ownerReferences'])
    .map(jsonRecord)
    .find(({ controller }) => controller === true);
  const { kind, name } = owner ?? {};
  if (typeof kind !== 'string' || typeof name !== 'string') return `pod/${metadata.name}`;
  const hash = metadata.labels?.['pod-template-hash'];
  if (kind === 'ReplicaSet' && hash !== undefined && name.endsWith(`-${hash}`))
    return `deployment/${name.slice(0, -hash.length - 1)}`;
  return `${kind.toLowerCase()}/${name}`;
}

function time(value: Json | undefined): number | undefined {
  const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
