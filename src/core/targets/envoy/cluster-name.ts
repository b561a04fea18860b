import type { Ir } from '../../ir/ir.ts';
import type { Port } from '../../ir/service.ts';
import type { ServiceId } from '../../ir/service-id.ts';

/** The destination of a cluster: a port of a service or External, in one version or in all. */
export interface Destination {
  readonly service: ServiceId;
  readonly version?: string;
  readonly port: string;
}

/** `namespace/name/version/port`; `*` is all versions. A service with one version has one cluster a port, not two. */
export function clusterName(ir: Ir, { service, version, port }: Destination): string {
  return `${service}/${version ?? onlyVersion(ir, service) ?? '*'}/${port}`;
}

/** The cluster towards the application beside the proxy: the same name in every proxy, endpoints of its own in each. */
export function appClusterName(port: Port): string {
  return `app/${port.name}/${port.protocol}`;
}

function onlyVersion(ir: Ir, id: ServiceId): string | undefined {
  const versions = ir.services[id]?.versions ?? [];
  return versions.length === 1 ? versions[0]?.name : undefined;
}
