import { starterApps } from '../init/starter-documents.ts';
import type { Ir } from '../ir/ir.ts';
import type { Address, Service } from '../ir/service.ts';

/** A stand-in: a small server that answers in the place of an application with the name of its service and version. */
export interface StandIn {
  readonly service: string;
  readonly version: string;
  readonly address: Address;
}

/**
 * Returns the applications on loopback that speak HTTP/1.1 in plain text, as stand-ins. Returns only those of the first
 * mesh that `init` writes unless `all`: in any other mesh the applications are the user's own.
 */
export function standIns({ services }: Pick<Ir, 'services'>, all: boolean): readonly StandIn[] {
  const found = Object.values(services).flatMap(ofService);
  return all ? found : found.filter(isOfStarter);
}

function ofService(service: Service): readonly StandIn[] {
  const ports = service.ports.filter(({ protocol, tls }) => protocol === 'http' && tls === undefined);
  return service.versions.flatMap(({ name: version, instances = [] }) =>
    instances.flatMap(({ app }) => {
      const addresses = new Map(
        ports.flatMap(({ name }): readonly (readonly [string, Address])[] => {
          const at = app[name];
          return at !== undefined && isLoopback(at.host) ? [[`${at.host}:${String(at.port)}`, at]] : [];
        }),
      );
      return [...addresses.values()].map((address) => ({ service: service.id, version, address }));
    }),
  );
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

function isOfStarter({ service, version, address: { host, port } }: StandIn): boolean {
  return starterApps[`${service} ${version}`] === `${host}:${String(port)}`;
}
