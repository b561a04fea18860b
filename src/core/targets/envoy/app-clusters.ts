import type { Address, Instance, Port, Service } from '../../ir/service.ts';
import { isIpAddress } from '../../lib/ip-address.ts';
import type { Json } from '../artifact.ts';
import { applicationTls } from './application-tls.ts';
import { noCircuitBreakers } from './circuit-breakers.ts';
import { appClusterName, connectionClusterName, startedAtServer } from './cluster-name.ts';
import type { Machine } from './external-cluster.ts';
import { answeredChecks } from './inbound/health.ts';
import { protocolOptions } from './protocol-options.ts';
import { dns } from './service-cluster.ts';
import { socketAddress } from './socket-address.ts';
import { extension, type Fields, typed } from './typed-config.ts';

/** Connections to the application beside the proxy live as long as it likes: its caller's settings bound them. */
const connections = { connectTimeout: 5_000, idleTimeout: 0, maxRequestsPerConnection: 0 };

/** The key under which clusters that pass on to where a connection was meant for look for that place. */
const destinationKey = 'envoy.network.transport_socket.original_dst_address';

/**
 * The cluster towards the application beside the proxy, without limits of its own: those are its callers'. It has no
 * endpoints, so proxies with applications at different addresses share it: the listener says where (`appState`).
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

/** The cluster of connections whose TLS callers start, where the proxy starts that of other calls. */
export function passedClusters(service: Service, port: Port, machine: Machine): readonly Fields[] {
  if (port.passedTls === undefined) return [];
  const { tls: _, ...plain } = port;
  return [appCluster(service, plain, machine)];
}

/** Clusters that check whether the application takes connections, for the checks that ask so. */
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

/** Network filters of an inbound listener that say where the application of the instance listens. */
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
 * Clusters for the bootstrap of an instance whose application is known by a host name; there they stand before those
 * of the scope with the same names.
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
