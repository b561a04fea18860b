import type { Ir } from '../../../ir/ir.ts';
import type { Rule } from '../../../ir/route.ts';
import type { Service } from '../../../ir/service.ts';
import type { ServiceId } from '../../../ir/service-id.ts';
import { sha256 } from '../../../lib/sha256.ts';

/** Name of the waypoint that a namespace has. */
export const namespaceWaypoint = 'mesh-waypoint';

/**
 * Returns the name of the waypoint that requests to a service take; undefined if ztunnels can do all that the spec asks
 * for. A namespace has one. A service to which the Route of another leads has its own waypoint: the waypoint of that
 * Route has asked only about the other service, and must not be taken for it.
 */
export function waypointFor(ir: Ir, service: Service): string | undefined {
  if (!needsWaypoint(service)) return undefined;
  return backendsOfOthers(ir).has(service.id) ? label(`mesh-waypoint-${service.name}`) : namespaceWaypoint;
}

/** A ztunnel forwards connections and knows who calls; whatever else is asked needs a waypoint, so every timeout does. */
function needsWaypoint({ ports, settings, authentication }: Service): boolean {
  if (ports.length === 0) return false;
  return (
    authentication !== undefined ||
    Object.keys(settings.origins).length > 0 ||
    ports.some(({ http, route }) => http || !route.implicit)
  );
}

/** Services to which routes of other services lead. */
function backendsOfOthers(ir: Ir): ReadonlySet<ServiceId> {
  const found = known.get(ir);
  if (found !== undefined) return found;
  const backends = new Set(
    Object.values(ir.services).flatMap(({ id, ports }) =>
      ports.flatMap(({ route }) => route.rules.flatMap(leadsTo)).filter((backend) => backend !== id),
    ),
  );
  known.set(ir, backends);
  return backends;
}

const known = new WeakMap<Ir, ReadonlySet<ServiceId>>();

function leadsTo({ action }: Rule): readonly ServiceId[] {
  return action.type === 'forward'
    ? [...action.backends, ...action.mirrors].map(({ service }) => service)
    : [];
}

/** Its Kubernetes Service has the name, too, so it has to be a DNS label. */
function label(name: string): string {
  return name.length <= 63 ? name : `${name.slice(0, 54)}-${sha256(name).slice(0, 8)}`;
}
