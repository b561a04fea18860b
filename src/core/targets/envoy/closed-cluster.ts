import { type Fields, typed } from './typed-config.ts';

/** Returns a cluster without endpoints, which answers 503. */
export function closedCluster(name: string): Fields {
  return typed('envoy.config.cluster.v3.Cluster', {
    name,
    type: 'STATIC',
    connect_timeout: '5s',
    load_assignment: { cluster_name: name, endpoints: [] },
  });
}
