import type { ExternalPort } from '../../../ir/external.ts';
import type { Port, Service } from '../../../ir/service.ts';
import { carriesRequests, defaultPort } from '../../../semantics/port.ts';

/** Returns the ports on which requests are routed. */
export function requestPorts<P extends Port | ExternalPort>(ports: readonly P[]): readonly P[] {
  return ports.filter(carriesRequests);
}

/** Returns the domains of a name: with the port and, if it is the default port, without it. */
export function domainsOf<P extends Port | ExternalPort>(
  name: string,
  port: P,
  ports: readonly P[],
): readonly string[] {
  const withPort = `${name}:${String(port.number)}`;
  return defaultPort(ports) === port ? [name, withPort] : [withPort];
}

/** Returns the names of a service that are valid in every namespace. */
export function qualifiedNames({ name, namespace }: Service): readonly string[] {
  return [`${name}.${namespace}`, `${name}.${namespace}.svc.cluster.local`];
}
