import type { External, ExternalPort } from '../../ir/external.ts';
import type { Gateway, Listener } from '../../ir/gateway.ts';
import type { Ir } from '../../ir/ir.ts';
import { isIpAddress } from '../../lib/ip-address.ts';
import type { Json } from '../artifact.ts';
import { circuitBreakers } from './circuit-breakers.ts';
import { dns } from './dns.ts';
import { duration } from './duration.ts';
import { loadBalancing } from './load-balancing.ts';
import { outlierDetection } from './outlier-detection.ts';
import { protocolOptions } from './protocol-options.ts';
import { socketAddress } from './socket-address.ts';
import { upstreamTls } from './tls.ts';
import { type Fields, typed } from './typed-config.ts';

interface Hop {
  readonly external: External;
  readonly gateway: Gateway;
  readonly listener: Listener;
  readonly port: ExternalPort;
}

/**
 * Returns the cluster of the egress gateway through which calls to an External go; the caller's proxy shows its
 * identity there.
 */
export function hopCluster(ir: Ir, name: string, { external, gateway, listener, port }: Hop): Fields {
  const { settings } = external;
  const hosts = (gateway.instances ?? []).map(({ host }) => host);
  const load_assignment: Json = {
    cluster_name: name,
    endpoints: [
      {
        lb_endpoints: hosts.map((host) => ({
          endpoint: { address: socketAddress({ host, port: listener.port }) },
        })),
      },
    ],
  };
  const identity = meshListener(gateway, listener) ? upstreamTls(ir, gateway, port) : undefined;
  return typed('envoy.config.cluster.v3.Cluster', {
    name,
    ...(hosts.every(isIpAddress) ? { type: 'STATIC' } : dns),
    load_assignment,
    connect_timeout: duration(settings.connections.connectTimeout),
    circuit_breakers: circuitBreakers(settings),
    ...(settings.outlierDetection && { outlier_detection: outlierDetection(settings.outlierDetection) }),
    ...loadBalancing(settings),
    ...protocolOptions(port.protocol, settings.connections),
    ...(identity !== undefined && { transport_socket: identity }),
  });
}

/** Returns true if callers connect to a listener with the mesh's own TLS: an egress gateway terminates it. */
export function meshListener(gateway: Gateway, listener: Listener): boolean {
  return gateway.type === 'egress' && (listener.protocol === 'http' || listener.protocol === 'tcp');
}
