import type { Json } from '../../../../src/core/lib/json.ts';
import type { Agent } from './agent.ts';
import type { Sidecar } from './sidecars.ts';

/** Returns the bootstrap of a sidecar that takes its configuration from an agent. */
export function bootstrap({ id, name, admin }: Sidecar, agent: Agent): Json {
  const xds = { ads: {}, resource_api_version: 'V3' };
  return {
    node: {
      id: `${id}-sidecar-proxy`,
      cluster: name,
      metadata: { namespace: 'default', partition: 'default' },
    },
    admin: { address: socketAddress(admin.host, admin.port) },
    dynamic_resources: {
      lds_config: xds,
      cds_config: xds,
      ads_config: {
        api_type: 'DELTA_GRPC',
        transport_api_version: 'V3',
        grpc_services: [{ envoy_grpc: { cluster_name: 'local_agent' } }],
      },
    },
    static_resources: {
      clusters: [
        {
          name: 'local_agent',
          type: 'STATIC',
          connect_timeout: '1s',
          http2_protocol_options: {},
          load_assignment: {
            cluster_name: 'local_agent',
            endpoints: [
              {
                lb_endpoints: [
                  {
                    endpoint: {
                      address: socketAddress(agent.host, agent.xdsPort),
                    },
                  },
                ],
              },
            ],
          },
        },
      ],
    },
  };
}

function socketAddress(address: string, port: number): Json {
  return { socket_address: { address, port_value: port } };
}
