import type { ExternalPort } from '../../../ir/external.ts';
import type { Port, Service } from '../../../ir/service.ts';
import { carriesRequests, defaultPort } from '../../../semantics/port.ts';

/** The ports that requests are routed on. */
export function requestPorts<P extends Port | ExternalPort>(ports: readonly P[]): readonly P[] {
  return ports.filter(carriesRequests);
}

/** A name with the port, and alone where the port is what a name without one means. */
export function domainsOf<P extends Port | ExternalPort>(
  name: string,
  port: P,
  ports: readonly P[],
): readonly string[] {
  const withPort = `${name}:${String(port.number)}`;
  return defaultPort(ports) === port ? [name, withPort] : [withPort];
}

/** Names of a service that mean it everywhere. */
export function qualifiedNames({ name, namespace }: Service): readonly string[] {
  return [`${name}.${namespace}`, `${name}.${namespace}.svc.cluster.local`];
}
