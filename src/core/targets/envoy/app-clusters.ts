import type { Address, Instance, Port, Service } from '../../ir/service.ts';
import type { Json } from '../artifact.ts';
import { noCircuitBreakers } from './circuit-breakers.ts';
import { appClusterName } from './cluster-name.ts';
import { isIpAddress } from './ip-address.ts';
import { appEndpointsSource } from './layout.ts';
import { protocolOptions } from './protocol-options.ts';
import { dns } from './service-cluster.ts';
import { socketAddress } from './socket-address.ts';
import { type Fields, typed } from './typed-config.ts';

/** Connections to the application beside the proxy live as long as it likes: its caller's settings bound them. */
const connections = { connectTimeout: 5_000, idleTimeout: 0, maxRequestsPerConnection: 0 };

/** The cluster towards the application, without limits of its own: those are its callers'. */
export function appCluster(port: Port): Fields {
  const name = appClusterName(port);
  const eds_cluster_config = { service_name: name, eds_config: appEndpointsSource };
  return cluster(port, { type: 'EDS', eds_cluster_config });
}

/** Where the application of one instance listens: the endpoints of its clusters, by their names. */
export function appEndpoints({ ports }: Service, { app }: Instance): ReadonlyMap<string, Json> {
  const entries = ports.flatMap((port): readonly (readonly [string, Json])[] => {
    const address = app[port.name];
    if (address === undefined || !isIpAddress(address.host)) return [];
    const assignment = typed('envoy.config.endpoint.v3.ClusterLoadAssignment', loadAssignment(port, address));
    return [[appClusterName(port), assignment]];
  });
  return new Map(entries);
}

/**
 * Clusters for the bootstrap of an instance whose application is known by a host name, which endpoint discovery
 * doesn't take; there they stand before those of the scope with the same names.
 */
export function namedAppClusters({ ports }: Service, { app }: Instance): readonly Json[] {
  return ports.flatMap((port) => {
    const address = app[port.name];
    if (address === undefined || isIpAddress(address.host)) return [];
    return [cluster(port, { ...dns, load_assignment: loadAssignment(port, address) })];
  });
}

function cluster(port: Port, discovery: Fields): Fields {
  return typed('envoy.config.cluster.v3.Cluster', {
    name: appClusterName(port),
    ...discovery,
    connect_timeout: '5s',
    circuit_breakers: noCircuitBreakers,
    common_lb_config: { healthy_panic_threshold: { value: 0 } },
    lb_policy: 'ROUND_ROBIN',
    ...protocolOptions(port.protocol, connections),
  });
}

function loadAssignment(port: Port, address: Address): Fields {
  return {
    cluster_name: appClusterName(port),
    endpoints: [{ lb_endpoints: [{ endpoint: { address: socketAddress(address) } }] }],
  };
}
