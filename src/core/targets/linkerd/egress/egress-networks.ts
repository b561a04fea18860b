import type { ObjectArtifact } from '../../artifact.ts';
import type { Lowering } from '../context.ts';
import { object } from '../object.ts';
import { egressNetwork } from './egress-network.ts';
import { externalRoutes } from './external-routes.ts';

/**
 * Returns, for each namespace with workloads, an EgressNetwork with the default for hosts outside of the mesh, and the
 * hosts that the namespace may call.
 */
export function egressNetworks(lowering: Lowering): readonly ObjectArtifact[] {
  const { ir } = lowering;
  const namespaces = [...new Set(Object.values(ir.services).map(({ namespace }) => namespace))].sort();
  return namespaces.flatMap((namespace) => [
    object({
      kind: 'EgressNetwork',
      namespace,
      name: egressNetwork,
      from: `Mesh/${ir.name}`,
      origins: [ir.origin],
      spec: { trafficPolicy: ir.egress === 'deny' ? 'Deny' : 'Allow' },
    }),
    ...externalRoutes(namespace, lowering),
  ]);
}
