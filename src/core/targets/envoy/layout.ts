import type { Port, Service } from '../../ir/service.ts';
import type { ServiceId } from '../../ir/service-id.ts';
import type { Json } from '../artifact.ts';

/**
 * The places of all files, relative to the output directory (`${DIR}` in the files).
 *
 * `config/current/` is one revision; `secrets/current/` holds material; `proxies/<id>/` is the working directory of one
 * Envoy, with a fixed link that delivery makes once and no revision changes:
 *
 *     proxies/<id>/sds.json -> ../../secrets/current/<id>.json
 *
 * Envoy follows relative paths from its working directory, so clusters and listeners that name `sds.json` can be shared
 * by proxies although each reads its own certificate. Clusters towards the application are shared too, as it is the
 * listener that says where the application is (`appState`).
 *
 * A bootstrap names the clusters of the proxy's scope. Names of scopes follow from who the caller is and not from who
 * else is there, so a proxy changes its scope, and has to be started anew, only when its service begins or ceases to
 * declare calls, an `exposeTo` first names its namespace, or a place first matters to it.
 */
export const revisionFolder = 'config/current';

/** A revision's folder of one proxy. */
export function proxyFolder(proxy: string): string {
  return `${revisionFolder}/proxies/${proxy}`;
}

/** The working directory of one Envoy; not part of a revision. */
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

/** The SDS file with a bundle of what is trusted. */
export function trustFile(name: string): string {
  return `${revisionFolder}/trust/${name}.json`;
}

/**
 * Routes of the inbound listeners of one port, with its HTTP access. A file for each port, since Envoy (1.40)
 * refuses an RDS file that holds more than one RouteConfiguration.
 */
export function inboundRoutesFile(service: Service, port: Port): string {
  return `${serviceFolder(service.id)}/inbound-${port.name}-rds.json`;
}

/** Material of a proxy (or of `<proxy>-<listener>`, a certificate of a gateway's listener): written by delivery, never compiled. */
function secretFile(owner: string): string {
  return `secrets/current/${owner}.json`;
}

/** The material that lies in an SDS file of `secretFile` has this resource name. */
export const certificateName = 'certificate';

/** A configuration source that reads a file of the revision, and again when the revision changes. */
export function revisionSource(path: string): Json {
  return source(`\${DIR}/${path}`, '${DIR}/config');
}

/** A configuration source that reads the proxy's own certificate. */
export const certificateSource: Json = source('sds.json', '${DIR}/secrets');

/** A configuration source that reads other material, such as the certificate of a gateway's listener. */
export function secretSource(owner: string): Json {
  return source(`\${DIR}/${secretFile(owner)}`, '${DIR}/secrets');
}

/** A DNS label has no dots, so namespace and name stay apart. */
function fileName(id: ServiceId): string {
  return id.replace('/', '.');
}

function source(path: string, watched: string): Json {
  return {
    resource_api_version: 'V3',
    path_config_source: { path, watched_directory: { path: watched } },
  };
}
