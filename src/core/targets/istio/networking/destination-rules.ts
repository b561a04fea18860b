import type { Ir } from '../../../ir/ir.ts';
import type { Service } from '../../../ir/service.ts';
import type { Artifact } from '../../artifact.ts';
import { hostOf } from '../../kubernetes-objects/host.ts';
import type { Subset } from '../crds/parts.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { object } from '../object.ts';
import { nowhere, subsetLabels } from './subsets.ts';
import { trafficPolicy } from './traffic-policy.ts';
import { decidesSomething } from './virtual-services.ts';

/** Returns the settings of calls to services, and their versions (DestinationRule), one object for each service. */
export function destinationRules(ir: Ir, options: LoweringOptions): readonly Artifact[] {
  return Object.values(ir.services).flatMap((service): readonly Artifact[] => {
    const { id, namespace, name, origin, ports, settings, mtls } = service;
    if (ports.length === 0) return [];
    const subsets = subsetsOf(service, options);
    return [
      object({
        kind: 'DestinationRule',
        namespace,
        name,
        from: `Service/${id}`,
        origins: [origin],
        spec: {
          host: hostOf(id),
          trafficPolicy: {
            ...trafficPolicy(ir, settings, ports),
            // A server that takes plain text too is still called with the identity that its rules may ask for.
            tls: { mode: mtls === 'disabled' ? 'DISABLE' : 'ISTIO_MUTUAL' },
          },
          ...(subsets.length > 0 && { subsets }),
        },
      }),
    ];
  });
}

function subsetsOf(service: Service, options: LoweringOptions): readonly Subset[] {
  const versions = service.versions.flatMap((version): readonly Subset[] => {
    const labels = subsetLabels(service, version, options);
    return labels === undefined ? [] : [{ name: version.name, labels }];
  });
  const closes = service.ports.some((port) => !port.http && decidesSomething(port, service));
  return closes ? [...versions, nowhere] : versions;
}
