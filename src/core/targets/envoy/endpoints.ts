import type { Ir } from '../../ir/ir.ts';
import type { Address, Instance, Port, Service, Version } from '../../ir/service.ts';
import { isIpAddress } from '../../lib/ip-address.ts';
import type { Json } from '../artifact.ts';
import { clusterName } from './cluster-name.ts';
import { serviceFolder } from './layout.ts';
import { type Place, placeName, placeOf, usesPlace } from './place.ts';
import { distance } from './priority.ts';
import { socketAddress } from './socket-address.ts';
import type { Fields } from './typed-config.ts';

/** The instances behind one cluster, in the order in which a caller at `place` prefers them. */
export interface EndpointSet {
  readonly cluster: string;
  /** If absent, all versions. */
  readonly version?: string;
  readonly versions: readonly Version[];
  readonly port: Port;
}

/**
 * Returns the sets of every cluster of a service: each port in each version, and in all versions if there are several.
 */
export function endpointSets(ir: Ir, service: Service): readonly EndpointSet[] {
  return service.ports.flatMap((port) => {
    const named = service.versions.map((version) => ({
      cluster: clusterName(ir, { service: service.id, version: version.name, port: port.name }),
      version: version.name,
      versions: [version],
      port,
    }));
    if (service.versions.length === 1) return named;
    const all = clusterName(ir, { service: service.id, port: port.name });
    return [...named, { cluster: all, versions: service.versions, port }];
  });
}

/** Returns the fields of a ClusterLoadAssignment, whose priorities have no gaps. */
export function loadAssignment(ir: Ir, service: Service, set: EndpointSet, place: Place): Fields {
  const locality = usesPlace(service) ? service.settings.locality : undefined;
  const groups = new Map<number, Instance[]>();
  for (const instance of set.versions.flatMap((version) => version.instances ?? [])) {
    const far = locality === undefined ? 0 : distance(ir, locality, place, placeOf(instance));
    const group = groups.get(far);
    if (group === undefined) groups.set(far, [instance]);
    else group.push(instance);
  }
  const nearestFirst = [...groups].sort(([a], [b]) => a - b);
  return {
    cluster_name: set.cluster,
    endpoints: nearestFirst.map(([, instances], priority) => ({
      priority,
      lb_endpoints: instances.flatMap((instance) => endpoint(service, instance, set.port)),
    })),
    policy: { overprovisioning_factor: 140 },
  };
}

/**
 * Returns the file with the endpoints of one cluster, for a caller at `place`. Each cluster has its own file, since
 * Envoy refuses a file with several. Names of versions and ports are DNS labels.
 */
export function endpointsFile(service: Service, set: EndpointSet, place: Place): string {
  const from = usesPlace(service) ? `@${placeName(place)}` : '';
  return `${serviceFolder(service.id)}/${set.version ?? '_all'}.${set.port.name}${from}-eds.json`;
}

/**
 * Returns true if a service must be resolved by DNS: endpoints have a host name, but lists of endpoints take only
 * addresses.
 */
export function needsDns(service: Service): boolean {
  return service.versions.some((version) =>
    (version.instances ?? []).some(({ inbound }) =>
      Object.values(inbound).some(({ host }) => !isIpAddress(host)),
    ),
  );
}

function endpoint({ healthCheck }: Service, { inbound }: Instance, port: Port): readonly Json[] {
  const address = inbound[port.name];
  if (address === undefined) return [];
  const asked = healthCheck === undefined ? undefined : inbound[healthCheck.port];
  const elsewhere = asked !== undefined && healthCheck?.port !== port.name ? checkedAt(address, asked) : {};
  return [{ endpoint: { address: socketAddress(address), ...elsewhere } }];
}

/**
 * Returns the place of health checks if they ask another port of the instance; a host name is resolved only for calls.
 */
function checkedAt(address: Address, asked: Address): Fields {
  const place = isIpAddress(asked.host) ? { address: socketAddress(asked) } : {};
  return {
    health_check_config: asked.host === address.host ? { port_value: asked.port } : place,
  };
}
