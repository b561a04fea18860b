import type { Gateway, GatewayInstance, Listener } from '../../../ir/gateway.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { RouteMatch } from '../../../ir/match.ts';
import { isIpAddress } from '../../../lib/ip-address.ts';
import type { Json } from '../../artifact.ts';
import { clientCounters } from '../arms/arm-loggers.ts';
import type { ClusterSet } from '../cluster-set.ts';
import { connectionManager } from '../connection-manager.ts';
import { meshListener } from '../hop-cluster.ts';
import { identifiedChain } from '../identified-chain.ts';
import { gatewayFolder } from '../layout.ts';
import { clientFilters } from '../outbound-listener.ts';
import { gatewayServerFilters } from '../server-filters.ts';
import { serverNames } from '../server-names.ts';
import { socketAddress } from '../socket-address.ts';
import { tlsInspector } from '../stream-listeners.ts';
import { requestProtocols } from '../tls.ts';
import { extension, type Fields, typed } from '../typed-config.ts';
import { clientHeader } from './client-condition.ts';
import { listenerTls } from './listener-tls.ts';
import { streamGatewayChains } from './stream-gateway.ts';

/** Listeners of a gateway on one port; common settings are those of the first. */
export type PortGroup = readonly [Listener, ...Listener[]];

/** Returns the listeners of a gateway by port: Envoy has one listener for each port. */
export function portGroups({ listeners }: Gateway): readonly PortGroup[] {
  const groups = new Map<number, [Listener, ...Listener[]]>();
  for (const listener of listeners) {
    const group = groups.get(listener.port);
    if (group === undefined) groups.set(listener.port, [listener]);
    else group.push(listener);
  }
  return [...groups.values()];
}

/** Splits a group by table of routes: one table for all plain HTTP listeners, one for each https listener. */
export function routeTables(group: PortGroup): readonly PortGroup[] {
  const [first, ...others] = group.filter(({ protocol }) => protocol === 'http');
  const https = group.filter(({ protocol }) => protocol === 'https').map((listener): PortGroup => [listener]);
  return first === undefined ? https : [[first, ...others], ...https];
}

/** Returns the path of the file with the routes of a table, which is named after the table's first listener. */
export function gatewayRoutesFile({ id }: Gateway, [{ name }]: PortGroup): string {
  return `${gatewayFolder(id)}/${name}-rds.json`;
}

/** Returns one Envoy listener for all listeners of a port, at one instance. */
export function gatewayListener(
  ir: Ir,
  gateway: Gateway,
  group: PortGroup,
  instance: GatewayInstance,
  clusters: ClusterSet,
): Json {
  const [{ port, clientAddress }] = group;
  const chains = [
    ...routeTables(group).flatMap((table) => httpChains(ir, gateway, table, group, instance)),
    ...group.flatMap((listener) => streamGatewayChains(ir, gateway, listener, clusters, takesAnyone)),
  ];
  const inspected = chains.some((chain) => chain['filter_chain_match'] !== undefined);
  // The header of the PROXY protocol precedes everything else, including TLS.
  const filters = [
    ...(clientAddress?.type === 'proxyProtocol' ? [proxyProtocol] : []),
    ...(inspected ? [tlsInspector] : []),
  ];
  return typed('envoy.config.listener.v3.Listener', {
    name: `gateway/${String(port)}`,
    address: socketAddress({ host: isIpAddress(instance.host) ? instance.host : '0.0.0.0', port }),
    traffic_direction: 'INBOUND',
    ...(filters.length > 0 && { listener_filters: filters }),
    // A listener needs a chain; a chain without filters closes connections.
    filter_chains: chains.length > 0 ? chains : [{ filters: [] }],
  });
}

const proxyProtocol = extension(
  'envoy.filters.listener.proxy_protocol',
  'envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol',
  {},
);

/**
 * Returns true if a match accepts callers without an identity, which includes all clients whose TLS doesn't end here.
 */
function takesAnyone({ from }: RouteMatch): boolean {
  return from === undefined || from.some(({ type }) => type === 'anyone');
}

function httpChains(
  ir: Ir,
  gateway: Gateway,
  table: PortGroup,
  group: PortGroup,
  instance: GatewayInstance,
): readonly Fields[] {
  const [listener] = table;
  const filters = [manager(ir, gateway, table)];
  if (listener.tls !== undefined) {
    const chain = {
      name: listener.name,
      filters,
      transport_socket: listenerTls(gateway, listener, listener.tls, instance),
      transport_socket_connect_timeout: '15s',
    };
    const names = listener.hostnames.filter((hostname) => hostname !== '*');
    const alone = group.length === 1 || names.length < listener.hostnames.length;
    if (group.length > 1 && alone) return [{ ...chain, filter_chain_match: { transport_protocol: 'tls' } }];
    return [alone ? chain : { ...chain, ...serverNames(names) }];
  }
  if (!meshListener(gateway, listener)) return [{ name: listener.name, filters }];
  // Proxies of the mesh present their identity; other callers may use plain text, and Access treats them as callers
  // without an identity.
  return [
    {
      name: `${listener.name}/mesh`,
      filter_chain_match: { transport_protocol: 'tls' },
      ...identifiedChain(ir, { alpn: requestProtocols }, filters),
    },
    { name: listener.name, filter_chain_match: { transport_protocol: 'raw_buffer' }, filters },
  ];
}

/**
 * Returns the connection manager of a table. The filters that change answers come first and so see all answers; then
 * the server's checks; then the client's part.
 */
function manager(ir: Ir, gateway: Gateway, table: PortGroup): Json {
  const [listener] = table;
  const [changes, ...others] = clientFilters(ir);
  const first = changes === undefined ? [] : [changes];
  const issuers = gateway.authentication?.issuers ?? [];
  return connectionManager({
    ir,
    statPrefix: `gateway/${listener.name}`,
    routes: { rds: { path: gatewayRoutesFile(gateway, table), name: listener.name } },
    filters: [...first, ...gatewayServerFilters(ir, gateway, listener.name), ...others],
    gateway: gateway.type === 'ingress',
    counters: clientCounters(ir),
    ...(listener.clientAddress?.type === 'forwarded' && { trustedHops: listener.clientAddress.hops }),
    checksTokens: gateway.authentication !== undefined,
    service: `${gateway.name}.${gateway.namespace}`,
    ownHeaders: issuers.flatMap(({ claimHeaders }) => claimHeaders.map(({ header }) => header)),
    clientHeader,
    marksFailures: gateway.type === 'egress',
  });
}
