import type { Ir } from '../../../ir/ir.ts';
import type { Service } from '../../../ir/service.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { object } from '../object.ts';
import { waypointFor } from './waypoint-for.ts';

/** A Gateway of the Gateway API, not Istio's own kind of that name. */
export const gatewayApi = 'gateway.networking.k8s.io/v1';

/**
 * Waypoints (Gateway of the Gateway API, for HBONE), each with the labels that Kubernetes Services have to carry for it:
 * those Services aren't ours. Without them every call that is guarded is refused, since pods take calls from the waypoint alone.
 */
export function waypoints(ir: Ir): readonly ObjectArtifact[] {
  const served = new Map<string, Service[]>();
  for (const service of Object.values(ir.services)) {
    const name = waypointFor(ir, service);
    if (name === undefined) continue;
    const key = `${service.namespace}/${name}`;
    served.set(key, [...(served.get(key) ?? []), service]);
  }
  return [...served].map(([key, services]) => waypoint(ir, key, services));
}

function waypoint(ir: Ir, key: string, services: readonly Service[]): ObjectArtifact {
  const [namespace = '', name = ''] = key.split('/');
  const labels = { 'istio.io/use-waypoint': name, 'istio.io/ingress-use-waypoint': 'true' };
  const needed = Object.fromEntries(services.map((service) => [`Service/${service.id}`, labels]));
  return object({
    kind: 'Gateway',
    apiVersion: gatewayApi,
    namespace,
    name,
    from: `Mesh/${ir.name}`,
    origins: services.map(({ origin }) => origin),
    labels: { 'istio.io/waypoint-for': 'service' },
    annotations: { 'meshwright.dev/needs-labels': canonicalJson(needed) },
    spec: {
      gatewayClassName: 'istio-waypoint',
      listeners: [{ name: 'mesh', port: 15008, protocol: 'HBONE' }],
    },
  });
}
