import type { Ir } from '../../../ir/ir.ts';
import type { Service } from '../../../ir/service.ts';
import { guardedByWaypoint } from '../ambient/guarded-by-waypoint.ts';
import { waypointFor } from '../ambient/waypoint-for.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { type Guarded, guardedGateway, guardedService } from './guarded.ts';
import { refuserOf } from './refuser-of.ts';
import { type Sharing, sharings } from './sharing.ts';

/** Returns all services and gateways that policies guard. */
export function guards(ir: Ir, { rootNamespace, mode }: LoweringOptions): readonly Guarded[] {
  const { services, gateways } = ir;
  const sharing = sharings(services);
  const roots = Object.values(services).filter(({ namespace }) => namespace === rootNamespace);
  return [
    ...Object.values(services).map((service) => {
      const waypoint = mode === 'ambient' ? waypointFor(ir, service) : undefined;
      if (waypoint !== undefined) return guardedByWaypoint(service, waypoint);
      const shared = sharing(service);
      const isRoot = service.namespace === rootNamespace;
      const refuser = refuserOf(service, shared.others, roots);
      return guardedService(service, isRoot ? withEverybody(service) : shared, refuser);
    }),
    // A gateway whose listeners all redirect to https has nothing to guard.
    ...Object.values(gateways)
      .map(guardedGateway)
      .filter(({ ports }) => ports.length > 0),
  ];
}

/**
 * Returns the sharing of a service in the root namespace, whose policies apply to all namespaces: other pods with these
 * labels would be guarded, too.
 */
function withEverybody({ ports }: Service): Sharing {
  return { shared: new Map(ports.map(({ targetPort }) => [targetPort, 'mesh'])), passing: [], others: [] };
}
