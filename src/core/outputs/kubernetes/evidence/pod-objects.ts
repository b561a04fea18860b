import type { Cluster, ServedKind } from '../../../../ports/cluster.ts';
import { PortError } from '../../../../ports/port-error.ts';
import { jsonRecord } from '../../../lib/json-record.ts';
import type { PodTrust } from '../../../targets/pod-trust.ts';
import type { TrustObject } from '../../trust-object.ts';
import { inParallel } from '../in-parallel.ts';
import { changedAt } from './changed-at.ts';
import { type HandedAuthority, podEvidence, type SeenRoots } from './pod-evidence.ts';
import { authorityPod, proxyPod } from './proxy-pod.ts';

const podKind: ServedKind = { apiVersion: 'v1', kind: 'Pod', resource: 'pods', namespaced: true };
const maps: ServedKind = { apiVersion: 'v1', kind: 'ConfigMap', resource: 'configmaps', namespaced: true };

/** ConfigMaps that are read at the same time. */
const atOnce = 8;

/**
 * Reads the pods of a mesh in all namespaces, and the ConfigMaps from which they take their roots. `namespace` is the
 * one of the authority. Pods and ConfigMaps that can't be read are unseen, with the missing right.
 */
export async function podObjects(
  cluster: Pick<Cluster, 'read' | 'list'>,
  namespace: string,
  trust: PodTrust,
  handed: HandedAuthority | undefined,
): Promise<readonly TrustObject[]> {
  try {
    const { objects } = await cluster.list(podKind);
    const labels = Object.entries(trust.authority);
    const authority = objects
      .filter(({ metadata }) => metadata.namespace === namespace)
      .filter(({ metadata }) => labels.every(([key, value]) => metadata.labels?.[key] === value))
      .flatMap((live) => authorityPod(live) ?? []);
    const proxies = objects.flatMap((live) => proxyPod(live, trust) ?? []);
    const { writtenBy } = trust.roots;
    const readers = proxies.filter((pod) => pod.roots === undefined).map((pod) => pod.namespace);
    const places = [...new Set([...(writtenBy === 'authority' ? [namespace] : []), ...readers])].sort();
    const roots = new Map<string, SeenRoots>();
    await inParallel(places, atOnce, async (place) => {
      roots.set(place, await rootsIn(cluster, place, trust));
    });
    return [
      ...(writtenBy === 'authority' ? places.map((place) => mapObject(place, trust, roots.get(place))) : []),
      ...(authority.length === 0
        ? [
            {
              id: 'its authority',
              why: `no pod in ${namespace} has the labels ${labels.map((one) => one.join('=')).join(',')}`,
            },
          ]
        : []),
      ...podEvidence({ handed, authority, proxies, roots }, trust),
    ];
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    return [{ id: 'its pods', why: error.message }];
  }
}

/** Returns the roots in the ConfigMap of a namespace that the running authority writes. */
function mapObject(
  namespace: string,
  { roots: { configMap } }: PodTrust,
  seen: SeenRoots | undefined,
): TrustObject {
  const id = `core/ConfigMap/${namespace}/${configMap}`;
  if (seen === undefined || 'why' in seen) return { id, why: seen?.why ?? 'nobody looked at it' };
  return { id, bundles: [seen.bundle], certificates: [] };
}

async function rootsIn(
  cluster: Pick<Cluster, 'read'>,
  namespace: string,
  { roots: { configMap, key } }: PodTrust,
): Promise<SeenRoots> {
  try {
    const live = await cluster.read(maps, { namespace, name: configMap });
    if (live === undefined)
      return { why: `no authority has written the ConfigMap ${configMap} of ${namespace}` };
    const bundle = jsonRecord(live['data'])[key];
    const changed = changedAt(live);
    if (typeof bundle !== 'string' || changed === undefined)
      return { why: `the ConfigMap ${configMap} of ${namespace} lacks ${key}` };
    return { bundle, changed };
  } catch (error) {
    if (!(error instanceof PortError)) throw error;
    return { why: error.message };
  }
}
