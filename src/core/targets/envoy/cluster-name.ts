import type { Ir } from '../../ir/ir.ts';
import { mtlsOf, type Port, type PortTls, type Service } from '../../ir/service.ts';
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

/**
 * The cluster towards the application beside the proxy: the same name in every proxy, endpoints of its own in each. An
 * application that speaks TLS has its own.
 */
export function appClusterName(service: Service, port: Port): string {
  return startedAtServer(service, port) === undefined
    ? passedClusterName(port)
    : `app/${service.id}/${port.name}`;
}

/** The cluster towards an application that speaks TLS with callers, past which the proxy only passes bytes. */
function passedClusterName(port: Port): string {
  return `app/${port.name}/${port.protocol}`;
}

/** The cluster that opens a connection to the application, and says by an answer of HTTP whether it could. */
export function connectionClusterName(service: Service, port: Port): string {
  return `${appClusterName(service, port)}/connection`;
}

/** Returns the TLS that the server's proxy starts; undefined if the application speaks plain text or callers start it. */
export function startedAtServer(service: Service, port: Port): PortTls | undefined {
  return mtlsOf(service, port) === 'disabled' ? undefined : port.tls;
}

function onlyVersion(ir: Ir, id: ServiceId): string | undefined {
  const versions = ir.services[id]?.versions ?? [];
  return versions.length === 1 ? versions[0]?.name : undefined;
}
