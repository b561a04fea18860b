import type { Cluster } from '../../../src/ports/cluster.ts';

/** Istio's kinds of which a mesh writes one object into the root namespace. */
const kinds = [
  ['networking.istio.io/v1alpha3', 'EnvoyFilter'],
  ['networking.istio.io/v1', 'Sidecar'],
  ['security.istio.io/v1', 'AuthorizationPolicy'],
  ['security.istio.io/v1', 'PeerAuthentication'],
  ['telemetry.istio.io/v1', 'Telemetry'],
] as const;

/**
 * Deletes what another test's mesh has left in Istio's root namespace: a cluster has room there for one mesh, and the
 * tests of one worker share a cluster.
 */
export async function emptyRootNamespace(cluster: Cluster): Promise<void> {
  for (const [apiVersion, kind] of kinds) {
    const served = await cluster.served(apiVersion, kind);
    if (served === undefined) continue;
    const { objects } = await cluster.list(served);
    for (const { metadata } of objects)
      if (metadata.namespace === 'istio-system' && metadata.uid !== undefined)
        await cluster.remove(
          served,
          { name: metadata.name, namespace: metadata.namespace },
          { uid: metadata.uid },
        );
  }
}
