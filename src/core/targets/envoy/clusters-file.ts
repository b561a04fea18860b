import type { Origin } from '../../location.ts';
import type { FileArtifact, Json } from '../artifact.ts';
import { closedCluster } from './closed-cluster.ts';
import { nameOf } from './name-of.ts';
import { resource } from './resource.ts';
import type { Fields } from './typed-config.ts';

/** A cluster of a file, and the places of the spec that it comes from. */
export type OriginatedCluster = readonly [cluster: Json, origins: readonly Origin[]];

/**
 * Returns the file with the clusters that a bootstrap names. Envoy doesn't start if the file is missing, so proxies
 * that call nobody get one cluster without endpoints.
 */
export function clustersFile(
  path: string,
  clusters: readonly OriginatedCluster[],
  owner: Origin,
): readonly FileArtifact[] {
  const unused: Fields = closedCluster('no-destinations');
  const written = clusters.length > 0 ? clusters : [[unused, [owner]] as const];
  return written.map(([cluster, origins]) =>
    resource('Cluster', path, { name: nameOf(cluster), namespace: '', origins }, cluster),
  );
}
