import type { Address } from '../../ir/service.ts';
import type { Json } from '../artifact.ts';
import { proxyFolder, revisionSource } from './layout.ts';
import { socketAddress } from './socket-address.ts';
import { extension } from './typed-config.ts';

/** The parts that differ between the bootstraps of proxies. */
export interface BootstrapOptions {
  readonly proxy: string;
  /** `namespace/name` of its service or gateway. */
  readonly workload: string;
  readonly admin: Address;
  /** Path of the file with its clusters. */
  readonly clusters: string;
  /** Clusters that only this proxy has. */
  readonly own: readonly Json[];
}

/**
 * Returns the configuration that an Envoy starts with. The Envoy watches files for the rest, so only a change of this
 * configuration needs a restart.
 */
export function bootstrap({ proxy, workload, admin, clusters, own }: BootstrapOptions): Json {
  return {
    node: { id: proxy, cluster: workload },
    admin: { address: socketAddress(admin) },
    ...(own.length > 0 && { static_resources: { clusters: own.map(untyped) } }),
    dynamic_resources: {
      lds_config: revisionSource(`${proxyFolder(proxy)}/lds.json`),
      cds_config: revisionSource(clusters),
    },
    layered_runtime: {
      layers: [
        {
          name: 'meshwright',
          // Envoy refuses expressions of more than 100 instructions by default; the schema and the check with RE2
          // already limit them.
          static_layer: { 're2.max_program_size.error_level': 100_000 },
        },
      ],
    },
    overload_manager: {
      resource_monitors: [
        extension(
          'envoy.resource_monitors.global_downstream_max_connections',
          'envoy.extensions.resource_monitors.downstream_connections.v3.DownstreamConnectionsConfig',
          { max_active_downstream_connections: 1_000_000 },
        ),
      ],
    },
    stats_config: { use_all_default_tags: true },
  };
}

/** Returns a cluster for a bootstrap, where it isn't wrapped in an `Any`. */
function untyped(cluster: Json): Json {
  const { '@type': _type, ...fields } = cluster as Readonly<Record<string, Json>>;
  return fields;
}
