import type { Ir } from '../../ir/ir.ts';
import type { ServiceId } from '../../ir/service-id.ts';
import type { Json } from '../artifact.ts';
import { clusterName } from './cluster-name.ts';
import { duration } from './duration.ts';

/**
 * Returns a service that proxies themselves call by gRPC, over the cluster of all its versions; the timeout is in ms.
 */
export function grpcService(
  ir: Ir,
  to: { readonly service: ServiceId; readonly port: string },
  timeout: number,
): Json {
  const { service, port } = to;
  // By default Envoy sends the cluster's name as authority, which HTTP/2 servers refuse because of its slashes.
  const authority = meshHost(service);
  return {
    envoy_grpc: { cluster_name: clusterName(ir, { service, port }), authority },
    timeout: duration(timeout),
  };
}

/** Returns the host of a service inside the mesh: `<name>.<namespace>`. */
export function meshHost(service: ServiceId): string {
  const [namespace, name] = service.split('/');
  return `${String(name)}.${String(namespace)}`;
}
