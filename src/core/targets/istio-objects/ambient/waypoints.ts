import type { External } from '../../../ir/external.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { Service } from '../../../ir/service.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import type { GatewaySpec } from '../../gateway-api-objects/gateway-api.gen.ts';
import { object } from '../../kubernetes-objects/object.ts';
import { namespaceWaypoint, waypointFor } from './waypoint-for.ts';

/** A Gateway of the Gateway API, not Istio's own kind of that name. */
export const gatewayApi = 'gateway.networking.k8s.io/v1';

/**
 * Returns the waypoints (Gateways of the Gateway API, for HBONE). An annotation of each lists the labels that
 * Kubernetes Services must have to use it, since we don't own those Services. Without the labels every guarded call is
 * refused, since pods accept calls only from the waypoint.
 */
export function waypoints(ir: Ir): readonly ObjectArtifact[] {
  const served = new Map<string, Served>();
  const at = (namespace: string, name: string): Served => {
    const found = served.get(`${namespace}/${name}`) ?? { namespace, name, services: [], externals: [] };
    served.set(`${namespace}/${name}`, found);
    return found;
  };
  for (const service of Object.values(ir.services)) {
    const name = waypointFor(ir, service);
    if (name !== undefined) at(service.namespace, name).services.push(service);
  }
  for (const external of Object.values(ir.externals))
    at(external.namespace, namespaceWaypoint).externals.push(external);
  return [...served.values()].map((one) => waypoint(ir, one));
}

/** A service that uses a waypoint; hosts outside the mesh get the label here. */
interface Served {
  readonly namespace: string;
  readonly name: string;
  readonly services: Service[];
  readonly externals: External[];
}

function waypoint(ir: Ir, { namespace, name, services, externals }: Served): ObjectArtifact {
  const labels = { 'istio.io/use-waypoint': name, 'istio.io/ingress-use-waypoint': 'true' };
  const needed = Object.fromEntries(services.map((service) => [`Service/${service.id}`, labels]));
  const spec: GatewaySpec = {
    gatewayClassName: 'istio-waypoint',
    listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE' }],
  };
  return object({
    kind: 'Gateway',
    apiVersion: gatewayApi,
    namespace,
    name,
    from: `Mesh/${ir.name}`,
    origins: [...services, ...externals].map(({ origin }) => origin),
    labels: { 'istio.io/waypoint-for': 'service' },
    ...(services.length > 0 && { annotations: { 'meshwright.dev/needs-labels': canonicalJson(needed) } }),
    spec,
  });
}
