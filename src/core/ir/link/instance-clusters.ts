import { defineMessages, finding } from '../../diagnostics/message.ts';
import type { SpecObject } from '../../spec/spec.ts';
import type { Endpoint, ServiceDocument } from '../../spec/types.gen.ts';
import { clusterNames } from './clusters.ts';
import type { Destination } from './destinations.ts';
import type { Linking } from './linking.ts';
import { entriesOf, itemsOf, locationOf, type SpecPlace } from './spec-place.ts';

export const messages = defineMessages({
  MESH2027: {
    severity: 'error',
    text: 'the endpoint needs a `cluster`: the service runs in several, and its locality setting compares them',
    explanation:
      'With `failover` or `prefer: same-cluster` each endpoint of a service in several clusters has to name its cluster.',
  },
  MESH2028: {
    severity: 'error',
    text: 'the service does not run in the cluster {cluster}',
    explanation:
      '`clusters` of the Service says where it runs. Add the cluster there, or correct the endpoint.',
  },
});

/** Reports endpoints without a cluster if locality compares clusters, and endpoints outside the service's clusters. */
export function checkInstanceClusters(
  linking: Linking,
  service: SpecObject<ServiceDocument>,
  { settings }: Destination,
): void {
  const { endpoints, clusters: written } = service.value.spec;
  if (endpoints === undefined) return;
  const clusters = clusterNames({ ...linking, report: () => undefined }, written);
  const { locality } = settings;
  const compared =
    locality !== undefined && (locality.failover.length > 0 || locality.prefer === 'same-cluster');
  for (const [, list] of entriesOf(endpoints)) {
    for (const [endpoint, at] of itemsOf(list))
      check(linking, endpoint, at, clusters, compared, written !== undefined);
  }
}

function check(
  linking: Linking,
  endpoint: Endpoint,
  at: SpecPlace,
  clusters: readonly string[],
  compared: boolean,
  limited: boolean,
): void {
  const cluster = typeof endpoint === 'string' ? undefined : endpoint.cluster;
  if (cluster === undefined) {
    if (compared && clusters.length > 1) linking.report(finding(messages, 'MESH2027', locationOf(at), {}));
    return;
  }
  const declared = linking.mesh.clusters?.[cluster] !== undefined;
  if (!limited || !declared || clusters.includes(cluster)) return;
  linking.report(
    finding(messages, 'MESH2028', locationOf({ container: endpoint as object, key: 'cluster' }), { cluster }),
  );
}
