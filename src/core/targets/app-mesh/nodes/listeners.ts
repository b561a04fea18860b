import type { Port, Service } from '../../../ir/service.ts';
import type { Connections } from '../../../ir/settings.ts';
import type { Lowering } from '../context.ts';
import type { VirtualNodeSpec } from '../crds/app-mesh.gen.ts';
import { duration } from '../duration.ts';
import { healthCheckOf } from './health-check.ts';
import { serverTls } from './tls.ts';

type Listener = NonNullable<VirtualNodeSpec['listeners']>[number];

/** A protocol of App Mesh. */
export type NodeProtocol = 'http' | 'http2' | 'tcp';

/** Returns the protocol of a port. Calls of gRPC are HTTP/2: routes for gRPC alone would leave out other requests. */
export function nodeProtocol({ protocol, http }: Port): NodeProtocol {
  if (!http) return 'tcp';
  return protocol === 'http' ? 'http' : 'http2';
}

/** Returns the listeners of the nodes of a service: one for each port of its pods. */
export function listenersOf(service: Service, lowering: Lowering): readonly Listener[] {
  const byPort = new Map<number, Listener>();
  for (const port of service.ports)
    if (!byPort.has(port.targetPort)) byPort.set(port.targetPort, listenerOf(service, port, lowering));
  return [...byPort.values()];
}

function listenerOf(service: Service, port: Port, lowering: Lowering): Listener {
  const protocol = nodeProtocol(port);
  const tls = serverTls(service, port, lowering);
  const { outlierDetection, connections } = service.settings;
  const healthCheck = healthCheckOf(service, port);
  const noLimit = duration(0);
  return {
    portMapping: { port: port.targetPort, protocol },
    // The route has the limit of time; a listener without its own has one of 15 seconds.
    timeout: {
      [protocol]:
        protocol === 'tcp'
          ? { idle: duration(connections.idleTimeout) }
          : { perRequest: noLimit, idle: duration(connections.idleTimeout) },
    },
    ...(outlierDetection !== undefined &&
      outlierDetection.consecutive5xx > 0 && {
        outlierDetection: {
          maxServerErrors: outlierDetection.consecutive5xx,
          interval: duration(outlierDetection.interval),
          baseEjectionDuration: duration(outlierDetection.baseEjectionTime),
          maxEjectionPercent: Math.floor(outlierDetection.maxEjectionPercent),
        },
      }),
    ...poolOf(connections, protocol),
    ...(healthCheck && { healthCheck }),
    ...(tls && { tls }),
  };
}

/** The greatest limit of App Mesh, which is none. */
const unlimited = 2_147_483_647;

/** Returns the limits of a port that App Mesh has for its protocol; no field if the service has none of them. */
function poolOf(
  { maxConnections, maxPendingRequests, maxRequests }: Connections,
  protocol: NodeProtocol,
): Pick<Listener, 'connectionPool'> {
  switch (protocol) {
    case 'http':
      if (maxConnections === undefined && maxPendingRequests === undefined) return {};
      return {
        connectionPool: {
          http: {
            maxConnections: maxConnections ?? unlimited,
            ...(maxPendingRequests !== undefined && { maxPendingRequests }),
          },
        },
      };
    case 'http2':
      return maxRequests === undefined ? {} : { connectionPool: { http2: { maxRequests } } };
    case 'tcp':
      return maxConnections === undefined ? {} : { connectionPool: { tcp: { maxConnections } } };
  }
}
