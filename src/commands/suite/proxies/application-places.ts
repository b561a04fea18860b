import type { External } from '../../../core/ir/external.ts';
import type { Ir } from '../../../core/ir/ir.ts';
import type { Service } from '../../../core/ir/service.ts';
import type { ApplicationPlace } from '../../../ports/test-applications.ts';
import type { TestAuthority } from './test-authority.ts';

/** An application before it has a certificate; `name` is the name in its certificate, if it speaks TLS. */
type Place = Omit<ApplicationPlace, 'tls'> & { readonly name: string | undefined };

/** Returns the addresses of the applications of some services and Externals, each address once. */
export async function applicationPlaces(
  { services, externals }: Ir,
  needed: ReadonlySet<string>,
  authority: TestAuthority,
): Promise<readonly ApplicationPlace[]> {
  const all = [
    ...Object.values(services)
      .filter(({ id }) => needed.has(id))
      .flatMap(ofService),
    ...Object.values(externals)
      .filter(({ id }) => needed.has(id))
      .flatMap(ofExternal),
  ];
  const byAddress = new Map(
    all.map((place) => [`${place.address.host}:${String(place.address.port)}`, place]),
  );
  return Promise.all(
    [...byAddress.values()].map(async ({ name, ...place }) =>
      name === undefined ? place : { ...place, tls: await authority.issue('server', name) },
    ),
  );
}

function ofService({ id, ports, versions }: Service): readonly Place[] {
  const instances = versions.flatMap(({ name: version, instances: own = [] }) =>
    own.map(({ app }) => ({ version, app })),
  );
  return instances.flatMap(({ version, app }) =>
    ports.flatMap(({ name: port, protocol, tls }) => {
      const address = app[port];
      const name = tls?.subjectAltNames[0] ?? (protocol === 'tls' ? 'application.invalid' : undefined);
      return address === undefined ? [] : [{ service: id, version, port, protocol, address, name }];
    }),
  );
}

function ofExternal({ id, ports, addresses, hosts, tls }: External): readonly Place[] {
  const names = tls?.subjectAltNames ?? hosts;
  return ports.flatMap(({ name: port, protocol, targetPort, applicationTls }) =>
    addresses.map((host) => ({
      service: id,
      version: '*',
      port,
      protocol,
      address: { host, port: targetPort },
      name: applicationTls || tls !== undefined ? names[0] : undefined,
    })),
  );
}
