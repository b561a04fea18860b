import { defineMessages, finding } from '../../diagnostics/message.ts';
import { record } from '../../lib/record.ts';
import type { Cluster } from '../ir.ts';
import type { Linking } from './linking.ts';
import { entriesOf, itemsOf, locationOf, originOfWritten, type SpecPlace } from './spec-place.ts';
import { suggestion } from './suggestion.ts';

export const messages = defineMessages({
  MESH2017: {
    severity: 'error',
    text: 'the Mesh has no cluster {name}{hint}',
    explanation: 'Clusters are declared in `spec.clusters` of the Mesh. Declare it, or correct the name.',
  },
});

/** Returns the clusters of the Mesh. */
export function clustersOf(linking: Linking): Readonly<Record<string, Cluster>> {
  const clusters = entriesOf(linking.mesh.clusters).map(
    ([name, { region, network }, at]): [string, Cluster] => [
      name,
      {
        origin: originOfWritten(at),
        name,
        ...(region !== undefined && { region }),
        ...(network !== undefined && { network }),
      },
    ],
  );
  return record(clusters);
}

/** Returns the names of the clusters that a document names, or of all clusters of the mesh if it names none. */
export function clusterNames(linking: Linking, written: readonly string[] | undefined): readonly string[] {
  if (written === undefined) return Object.keys(linking.mesh.clusters ?? {}).sort();
  const known = itemsOf(written).filter(([name, at]) => knownCluster(linking, name, at));
  return [...new Set(known.map(([name]) => name))].sort();
}

/** Returns true if the Mesh declares a cluster; an undeclared one is reported. */
export function knownCluster(linking: Linking, name: string, at: SpecPlace): boolean {
  const clusters = linking.mesh.clusters ?? {};
  if (Object.hasOwn(clusters, name)) return true;
  const { hint, details } = suggestion(linking.report, { name, ...at }, name, Object.keys(clusters));
  linking.report(finding(messages, 'MESH2017', locationOf(at), { name, hint }, details));
  return false;
}
