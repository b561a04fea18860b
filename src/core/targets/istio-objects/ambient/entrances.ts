import type { Ir } from '../../../ir/ir.ts';
import type { Service } from '../../../ir/service.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import { object } from '../object.ts';
import { sharings } from '../security/sharing.ts';
import { waypointFor } from './waypoint-for.ts';

/**
 * Returns the policies that let pods of guarded services accept calls only from their waypoint: a caller that bypasses
 * the waypoint would bypass all checks.
 */
export function entrances(ir: Ir): readonly ObjectArtifact[] {
  const sharing = sharings(ir.services);
  return Object.values(ir.services).flatMap((service) => {
    const waypoint = waypointFor(ir, service);
    if (waypoint === undefined || !isGuarded(service)) return [];
    return [entrance(ir, service, waypoint, sharing(service).passing)];
  });
}

/** Returns true if calls to a service are checked. */
export function isGuarded({ access, authentication, exposeTo }: Service): boolean {
  return access.closed || access.deny.length > 0 || authentication !== undefined || exposeTo !== 'all';
}

function entrance(ir: Ir, service: Service, waypoint: string, passing: readonly number[]): ObjectArtifact {
  const { id, namespace, name, origin, workload, ports } = service;
  const own = [...new Set(ports.map(({ targetPort }) => String(targetPort)))];
  return object({
    kind: 'AuthorizationPolicy',
    namespace,
    name: objectName('waypoint', name),
    from: `Service/${id}`,
    origins: [origin],
    spec: {
      selector: { matchLabels: workload.labels },
      action: 'ALLOW',
      rules: [
        {
          from: [{ source: { principals: [`${ir.trustDomain}/ns/${namespace}/sa/${waypoint}`] } }],
          to: [{ operation: { ports: own } }],
        },
        ...(passing.length > 0 ? [{ to: [{ operation: { ports: passing.map(String) } }] }] : []),
      ],
    },
  });
}
