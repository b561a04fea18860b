import type { Port, Service } from '../../ir/service.ts';
import type { ServiceId } from '../../ir/service-id.ts';
import type { Json } from '../artifact.ts';

/**
 * The places of all files, relative to the output directory (`${DIR}` in the files).
 *
 * `config/current/` is one revision; `secrets/current/` contains material; `proxies/<id>/` is the working directory of
 * one Envoy, with a link that delivery makes once and no revision changes:
 *
 *     proxies/<id>/sds.json -> ../../secrets/current/<id>.json
 *
 * Envoy resolves relative paths from its working directory. Proxies can therefore share clusters and listeners that
 * name `sds.json`, although each proxy reads its own certificate. They also share clusters of the application, since
 * the listener says where the application listens (`appState`).
 *
 * A bootstrap names the clusters of the proxy's scope. The name of a scope depends on the caller and not on other
 * services. A proxy therefore changes its scope, and must be restarted, only when its service starts or stops declaring
 * calls, when an `exposeTo` first names its namespace, or when a place first matters to it.
 */
export const revisionFolder = 'config/current';

/** Returns the folder of one proxy in a revision. */
export function proxyFolder(proxy: string): string {
  return `${revisionFolder}/proxies/${proxy}`;
}

/** Returns the working directory of one Envoy, which is not part of a revision. */
export function workingDirectory(proxy: string): string {
  return `proxies/${proxy}`;
}

/** Returns the folder that all proxies of a scope share. */
export function scopeFolder(scope: string): string {
  return `${revisionFolder}/scopes/${scope}`;
}

/** Returns the folder of one service or External: endpoints, inbound routes. */
export function serviceFolder(id: ServiceId): string {
  return `${revisionFolder}/services/${fileName(id)}`;
}

/** Returns the folder that all instances of a gateway share. */
export function gatewayFolder(id: ServiceId): string {
  return `${revisionFolder}/gateways/${fileName(id)}`;
}

/** Returns the path of the SDS file with a bundle of trusted certificates. */
export function trustFile(name: string): string {
  return `${revisionFolder}/trust/${name}.json`;
}

/**
 * Returns the path of the routes of the inbound listeners of one port, with its HTTP access. Each port has a file,
 * since Envoy (1.40) refuses an RDS file with more than one RouteConfiguration.
 */
export function inboundRoutesFile(service: Service, port: Port): string {
  return `${serviceFolder(service.id)}/inbound-${port.name}-rds.json`;
}

/**
 * Returns the path of the material of a proxy, or of a certificate of a gateway's listener (`<proxy>-<listener>`).
 * Delivery writes it; it is never compiled.
 */
function secretFile(owner: string): string {
  return `secrets/current/${owner}.json`;
}

/** The resource name of the material in a file of `secretFile`. */
export const certificateName = 'certificate';

/** Returns a configuration source that reads a file of the revision, and reads it again when the revision changes. */
export function revisionSource(path: string): Json {
  return source(`\${DIR}/${path}`, '${DIR}/config');
}

/** A configuration source that reads the proxy's own certificate. */
export const certificateSource: Json = source('sds.json', '${DIR}/secrets');

/** Returns a configuration source that reads other material, such as the certificate of a gateway's listener. */
export function secretSource(owner: string): Json {
  return source(`\${DIR}/${secretFile(owner)}`, '${DIR}/secrets');
}

/** Returns a unique name for a file: DNS labels have no dots, so a dot separates namespace and name. */
function fileName(id: ServiceId): string {
  return id.replace('/', '.');
}

function source(path: string, watched: string): Json {
  return {
    resource_api_version: 'V3',
    path_config_source: { path, watched_directory: { path: watched } },
  };
}
