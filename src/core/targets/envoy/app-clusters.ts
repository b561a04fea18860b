import type { Address, Instance, Port, Service } from '../../ir/service.ts';
import { isIpAddress } from '../../lib/ip-address.ts';
import type { Json } from '../artifact.ts';
import { applicationTls } from './application-tls.ts';
import { noCircuitBreakers } from './circuit-breakers.ts';
import { appClusterName, connectionClusterName, startedAtServer } from './cluster-name.ts';
import { dns } from './dns.ts';
import type { Machine } from './external-cluster.ts';
import { answeredChecks } from './inbound/health.ts';
import { protocolOptions } from './protocol-options.ts';
import { socketAddress } from './socket-address.ts';
import { extension, type Fields, typed } from './typed-config.ts';

/**
 * Connections to the application beside the proxy have no limits of their own: the settings of its callers limit them.
 */
const connections = { connectTimeout: 5_000, idleTimeout: 0, maxRequestsPerConnection: 0 };

/** The key of the filter state from which `ORIGINAL_DST` clusters read the destination of a connection. */
const destinationKey = 'envoy.network.transport_socket.original_dst_address';

/**
 * Returns the cluster of the application beside the proxy. It has no limits, since those belong to its callers. It has
 * no endpoints, since the listener says where the application listens (`appState`): proxies whose applications have
 * different addresses can share it.
 */
export function appCluster(service: Service, port: Port, machine: Machine): Fields {
  return cluster(
    { service, port, machine },
    {
      type: 'ORIGINAL_DST',
      lb_policy: 'CLUSTER_PROVIDED',
      cleanup_interval: '3600s',
    },
  );
}

/** Returns the cluster for connections whose TLS the caller starts, if the proxy starts it for other calls. */
export function passedClusters(service: Service, port: Port, machine: Machine): readonly Fields[] {
  if (port.passedTls === undefined) return [];
  const { tls: _, ...plain } = port;
  return [appCluster(service, plain, machine)];
}

/** Returns the clusters that check if the application accepts connections, for health checks of this type. */
export function connectionClusters(service: Service, port: Port, machine: Machine): readonly Fields[] {
  if (!answeredChecks(service, port).some(({ by }) => by.type === 'connection')) return [];
  return [
    {
      ...appCluster(service, port, machine),
      name: connectionClusterName(service, port),
      upstream_config: extension(
        'envoy.filters.connection_pools.tcp.generic',
        'envoy.extensions.upstreams.http.tcp.v3.TcpConnectionPoolProto',
      ),
    },
  ];
}

/** Returns the network filters of an inbound listener that say where the application of the instance listens. */
export function appState({ app }: Instance, port: Port): readonly Json[] {
  const address = app[port.name];
  if (address === undefined || !isIpAddress(address.host)) return [];
  const { host, port: number } = address;
  const written = `${host.includes(':') ? `[${host}]` : host}:${String(number)}`;
  return [
    extension(
      'envoy.filters.network.set_filter_state',
      'envoy.extensions.filters.network.set_filter_state.v3.Config',
      {
        on_new_connection: [
          { object_key: destinationKey, format_string: { text_format_source: { inline_string: written } } },
        ],
      },
    ),
  ];
}

/**
 * Returns clusters for the bootstrap of an instance whose application has a host name; they take precedence over the
 * scope's clusters of the same name.
 */
export function namedAppClusters(service: Service, { app }: Instance, machine: Machine): readonly Json[] {
  return service.ports.flatMap((port) => {
    const address = app[port.name];
    if (address === undefined || isIpAddress(address.host)) return [];
    const application = { service, port, machine };
    const load_assignment = loadAssignment(appClusterName(service, port), address);
    const [named] = [cluster(application, { ...dns, load_assignment, lb_policy: 'ROUND_ROBIN' })];
    return [
      named,
      ...connectionClusters(service, port, machine).map(({ name, upstream_config }) => ({
        ...named,
        name,
        upstream_config,
      })),
    ];
  });
}

/** A port of an application, and the machine that it shares with its proxy. */
interface Application {
  readonly service: Service;
  readonly port: Port;
  readonly machine: Machine;
}

function cluster({ service, port, machine }: Application, discovery: Fields): Fields {
  const tls = startedAtServer(service, port);
  return typed('envoy.config.cluster.v3.Cluster', {
    name: appClusterName(service, port),
    ...discovery,
    connect_timeout: '5s',
    circuit_breakers: noCircuitBreakers,
    common_lb_config: { healthy_panic_threshold: { value: 0 } },
    ...protocolOptions(port.protocol, connections),
    ...(tls && { transport_socket: applicationTls(tls, port, machine) }),
  });
}

function loadAssignment(name: string, address: Address): Fields {
  return {
    cluster_name: name,
    endpoints: [{ lb_endpoints: [{ endpoint: { address: socketAddress(address) } }] }],
  };
}
