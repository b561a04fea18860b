import type { Ir } from '../../ir/ir.ts';
import type { Json } from '../artifact.ts';
import { noCircuitBreakers } from './circuit-breakers.ts';
import { protocolOptions } from './protocol-options.ts';
import { extension, type Fields, typed } from './typed-config.ts';

/** One cache of names for all clusters that resolve the host of each request. */
const cache: Fields = { name: 'hosts', dns_lookup_family: 'V4_PREFERRED', max_hosts: 65_536 };

/** The discovery type of a cluster that asks DNS for the host of each request. */
export const dynamicForwardProxy: Fields = {
  cluster_type: extension(
    'envoy.clusters.dynamic_forward_proxy',
    'envoy.extensions.clusters.dynamic_forward_proxy.v3.ClusterConfig',
    { dns_cache_config: cache },
  ),
};

/** Envoy requires these fields for such clusters; without TLS they have no effect. */
export const namedByHost: Fields = {
  upstream_http_protocol_options: { auto_sni: true, auto_san_validation: true },
};

/** The HTTP filter that resolves hosts before the router needs them. */
export const dynamicForwardProxyFilter: Json = extension(
  'envoy.filters.http.dynamic_forward_proxy',
  'envoy.extensions.filters.http.dynamic_forward_proxy.v3.FilterConfig',
  { dns_cache_config: cache, allow_dynamic_host_from_filter_state: true },
);

/** Returns true if a proxy of the mesh may have to resolve the host of a request. */
export function resolvesHosts(ir: Ir): boolean {
  return (
    ir.egress === 'allow' ||
    Object.values(ir.externals).some(
      ({ addresses, hosts }) => addresses.length === 0 && hosts.some((host) => host.startsWith('*.')),
    )
  );
}

/** Returns the cluster for hosts that the mesh doesn't name, if egress is allowed. */
export function unknownHostsCluster(name: string): Fields {
  const connections = { connectTimeout: 5000, idleTimeout: 3_600_000, maxRequestsPerConnection: 0 };
  return typed('envoy.config.cluster.v3.Cluster', {
    name,
    ...dynamicForwardProxy,
    lb_policy: 'CLUSTER_PROVIDED',
    connect_timeout: '5s',
    circuit_breakers: noCircuitBreakers,
    ...protocolOptions('http', connections, namedByHost),
  });
}
