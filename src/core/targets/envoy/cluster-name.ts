import type { Ir } from '../../ir/ir.ts';
import { mtlsOf, type Port, type PortTls, type Service } from '../../ir/service.ts';
import type { ServiceId } from '../../ir/service-id.ts';

/** The destination of a cluster: a port of a service or External, in one version or in all versions. */
export interface Destination {
  readonly service: ServiceId;
  readonly version?: string;
  readonly port: string;
}

/**
 * Returns the name `namespace/name/version/port`; `*` stands for all versions. A service with one version has one
 * cluster for each port, not two.
 */
export function clusterName(ir: Ir, { service, version, port }: Destination): string {
  return `${service}/${version ?? onlyVersion(ir, service) ?? '*'}/${port}`;
}

/**
 * Returns the name of the cluster of the application beside the proxy. The name is the same in every proxy, although
 * the destination differs. An application that speaks TLS has a separate cluster.
 */
export function appClusterName(service: Service, port: Port): string {
  return startedAtServer(service, port) === undefined
    ? passedClusterName(port)
    : `app/${service.id}/${port.name}`;
}

/**
 * Returns the name of the cluster of an application that speaks TLS with its callers, while the proxy only forwards
 * bytes.
 */
function passedClusterName(port: Port): string {
  return `app/${port.name}/${port.protocol}`;
}

/** Returns the name of the cluster that opens a connection to the application and answers by HTTP if it succeeded. */
export function connectionClusterName(service: Service, port: Port): string {
  return `${appClusterName(service, port)}/connection`;
}

/**
 * Returns the TLS that the server's proxy starts; undefined if the application speaks plain text or if callers start
 * TLS.
 */
export function startedAtServer(service: Service, port: Port): PortTls | undefined {
  return mtlsOf(service, port) === 'disabled' ? undefined : port.tls;
}

function onlyVersion(ir: Ir, id: ServiceId): string | undefined {
  const versions = ir.services[id]?.versions ?? [];
  return versions.length === 1 ? versions[0]?.name : undefined;
}
