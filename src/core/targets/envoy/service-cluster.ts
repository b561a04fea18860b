import type { Ir } from '../../ir/ir.ts';
import type { Port, Service } from '../../ir/service.ts';
import type { Json } from '../artifact.ts';
import { applicationTls } from './application-tls.ts';
import { circuitBreakers } from './circuit-breakers.ts';
import { dns } from './dns.ts';
import { duration } from './duration.ts';
import { type EndpointSet, endpointsFile, loadAssignment, needsDns } from './endpoints.ts';
import { healthChecks } from './health-checks.ts';
import { revisionSource } from './layout.ts';
import { loadBalancing } from './load-balancing.ts';
import type { LoweringOptions } from './lowering-options.ts';
import { outlierDetection } from './outlier-detection.ts';
import type { Place } from './place.ts';
import { protocolOptions } from './protocol-options.ts';
import { upstreamTls } from './tls.ts';
import { type Fields, typed } from './typed-config.ts';

/**
 * Returns the cluster from a client's proxy to the inbound listeners of one port of a service, with every limit written
 * explicitly.
 */
export function serviceCluster(
  ir: Ir,
  service: Service,
  set: EndpointSet,
  place: Place,
  options: LoweringOptions,
): Fields {
  const { settings } = service;
  const transportSocket = upstreamTls(ir, service, set.port) ?? startedByCaller(set.port, options);
  const checks = healthChecks(ir, service, set.port, options);
  return typed('envoy.config.cluster.v3.Cluster', {
    name: set.cluster,
    ...discovery(ir, service, set, place, options),
    connect_timeout: duration(settings.connections.connectTimeout),
    circuit_breakers: circuitBreakers(settings),
    ...(settings.outlierDetection && {
      outlier_detection: outlierDetection(settings.outlierDetection, checks['health_checks'] !== undefined),
    }),
    ...loadBalancing(settings),
    ...protocolOptions(set.port.protocol, settings.connections),
    ...(transportSocket !== undefined && { transport_socket: transportSocket }),
    ...checks,
  });
}

/**
 * Returns the TLS with the application that the caller's proxy starts; undefined if the server has an identity, whose
 * proxy starts it.
 */
function startedByCaller(port: Port, machine: LoweringOptions): Json | undefined {
  return port.tls && applicationTls(port.tls, port, machine);
}

function discovery(
  ir: Ir,
  service: Service,
  set: EndpointSet,
  place: Place,
  options: LoweringOptions,
): Fields {
  if (options.endpoints === 'files' && !needsDns(service)) {
    const eds_config = revisionSource(endpointsFile(service, set, place));
    return { type: 'EDS', eds_cluster_config: { service_name: set.cluster, eds_config } };
  }
  const load_assignment = loadAssignment(ir, service, set, place);
  return { ...(needsDns(service) ? dns : { type: 'STATIC' }), load_assignment };
}
