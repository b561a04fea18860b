import type { Ir } from '../../../ir/ir.ts';
import type { Service } from '../../../ir/service.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { PolicyRule, PolicyTarget } from '../crds/parts.ts';
import { object } from '../object.ts';
import { waypointFor } from './waypoint-for.ts';

/**
 * Returns the policies that refuse callers to which a service isn't exposed: in ambient every ztunnel knows every
 * service.
 */
export function hidden(ir: Ir): readonly ObjectArtifact[] {
  return Object.values(ir.services).flatMap((service) => {
    const { id, namespace, name, origin, exposeTo, ports } = service;
    if (exposeTo === 'all' || ports.length === 0) return [];
    const notPrincipals = exposeTo.map((known) => `${ir.trustDomain}/ns/${known}/sa/*`);
    return [
      object({
        kind: 'AuthorizationPolicy',
        namespace,
        name: objectName('hidden', name),
        from: `Service/${id}`,
        origins: [origin],
        spec: {
          ...target(ir, service),
          action: 'DENY',
          rules: [{ from: [{ source: { notPrincipals } }], ...atPorts(ir, service) }],
        },
      }),
    ];
  });
}

/** Returns the ports of a service, which distinguish it from other services of the same pods. */
function atPorts(ir: Ir, service: Service): Pick<PolicyRule, 'to'> {
  if (waypointFor(ir, service) !== undefined) return {};
  const ports = [...new Set(service.ports.map(({ targetPort }) => String(targetPort)))];
  return { to: [{ operation: { ports } }] };
}

function target(ir: Ir, service: Service): PolicyTarget {
  return waypointFor(ir, service) === undefined
    ? { selector: { matchLabels: service.workload.labels } }
    : { targetRefs: [{ group: '', kind: 'Service', name: service.name }] };
}
