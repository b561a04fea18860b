import type { Ir } from '../../ir/ir.ts';
import type { TelemetryService } from '../../ir/telemetry.ts';
import type { Json } from '../artifact.ts';
import { clusterName } from './cluster-name.ts';

/** A gRPC service of the mesh that proxies themselves call, over the cluster of all its versions. */
export function grpcService(ir: Ir, to: TelemetryService): Json {
  return { envoy_grpc: { cluster_name: clusterName(ir, { service: to.service, port: to.port }) }, timeout: '10s' };
}
