import type { Ir } from '../../../ir/ir.ts';
import { type MtlsMode, mtlsOf, type Service } from '../../../ir/service.ts';
import type { Settings } from '../../../ir/settings.ts';
import type { Artifact } from '../../artifact.ts';
import { hostOf } from '../../kubernetes-objects/host.ts';
import type { ClientTls, Subset, TrafficPolicy } from '../crds/parts.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { object } from '../object.ts';
import { nowhere, subsetLabels } from './subsets.ts';
import { trafficPolicy, trafficPolicyOfPort } from './traffic-policy.ts';
import { decidesSomething } from './virtual-services.ts';

/** Returns the settings of calls to services, and their versions (DestinationRule), one object for each service. */
export function destinationRules(ir: Ir, options: LoweringOptions): readonly Artifact[] {
  return Object.values(ir.services).flatMap((service): readonly Artifact[] => {
    const { id, namespace, name, origin, ports, settings } = service;
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
          trafficPolicy: policyOf(ir, service, settings),
          ...(subsets.length > 0 && { subsets }),
        },
      }),
    ];
  });
}

/**
 * Returns the policy of a service. A port with different settings repeats the whole policy: Istio doesn't inherit the
 * host's.
 */
function policyOf(ir: Ir, service: Service, settings: Settings): TrafficPolicy {
  const { ports, mtls } = service;
  const portLevelSettings = ports
    .filter((port) => tlsFor(mtlsOf(service, port)).mode !== tlsFor(mtls).mode)
    .map((port) => ({
      port: { number: port.number },
      ...trafficPolicyOfPort(ir, settings, port),
      tls: tlsFor(mtlsOf(service, port)),
    }));
  return {
    ...trafficPolicy(ir, settings, ports),
    tls: tlsFor(mtls),
    ...(portLevelSettings.length > 0 && { portLevelSettings }),
  };
}

/**
 * Returns the TLS of calls. A server that also accepts plain text is still called with an identity, since its rules may
 * need it.
 */
function tlsFor(mtls: MtlsMode): ClientTls {
  return { mode: mtls === 'disabled' ? 'DISABLE' : 'ISTIO_MUTUAL' };
}

function subsetsOf(service: Service, options: LoweringOptions): readonly Subset[] {
  const versions = service.versions.flatMap((version): readonly Subset[] => {
    const labels = subsetLabels(service, version, options);
    return labels === undefined ? [] : [{ name: version.name, labels }];
  });
  const closes = service.ports.some((port) => !port.http && decidesSomething(port, service));
  return closes ? [...versions, nowhere] : versions;
}
