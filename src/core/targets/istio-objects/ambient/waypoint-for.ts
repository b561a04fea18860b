import type { Ir } from '../../../ir/ir.ts';
import type { Rule } from '../../../ir/route.ts';
import type { Service } from '../../../ir/service.ts';
import type { ServiceId } from '../../../ir/service-id.ts';
import { sha256 } from '../../../lib/sha256.ts';

/** The name of a namespace's waypoint. */
export const namespaceWaypoint = 'mesh-waypoint';

/**
 * Returns the name of the waypoint for requests to a service; undefined if ztunnels can do all that the spec asks for.
 * Each namespace has one. A service that is a backend of another service's Route has a separate waypoint: the waypoint
 * of that Route has checked access only to the other service, and must not pass for its own.
 */
export function waypointFor(ir: Ir, service: Service): string | undefined {
  if (!needsWaypoint(service)) return undefined;
  return backendsOfOthers(ir).has(service.id) ? label(`mesh-waypoint-${service.name}`) : namespaceWaypoint;
}

/**
 * Returns true if a service needs a waypoint: a ztunnel only forwards connections and knows the caller, so every other
 * setting, such as any timeout, needs one.
 */
function needsWaypoint({ ports, settings, authentication }: Service): boolean {
  if (ports.length === 0) return false;
  return (
    authentication !== undefined ||
    Object.keys(settings.origins).length > 0 ||
    ports.some(({ http, route }) => http || !route.implicit)
  );
}

/** Returns the services that are backends of other services' routes. */
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

/** Returns a DNS label: the waypoint's Kubernetes Service has this name, too. */
function label(name: string): string {
  return name.length <= 63 ? name : `${name.slice(0, 54)}-${sha256(name).slice(0, 8)}`;
}
