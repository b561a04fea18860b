import type { Ir } from '../../../../src/core/ir/ir.ts';
import type { Address } from '../../../../src/core/ir/service.ts';
import { type ConsulNames, consulNames } from '../../../../src/core/targets/consul/names.ts';

/** One service of Consul at one instance, with its own sidecar. */
export interface Sidecar {
  /** The id of the registration; the sidecar has `-sidecar-proxy` behind it. */
  readonly id: string;
  /** The name of the service in Consul. */
  readonly name: string;
  /** The service of the mesh, its version and its port; a caller without ports has none. */
  readonly service: string;
  readonly version: string;
  /** The address of the application; a caller without ports has one on which nobody listens. */
  readonly app: Address;
  readonly inbound: Address;
  readonly admin: Address;
  /** The address at which its application calls a service of Consul, by name; empty for all but the first of a service. */
  readonly upstreams: ReadonlyMap<string, Address>;
}

/** Returns the sidecars of a mesh: one for each port of each instance, since each is a service of its own for Consul. */
export function sidecars(ir: Ir, network: string): readonly Sidecar[] {
  const names = consulNames(ir);
  const called = calledNames(ir, names);
  let count = 0;
  return Object.values(ir.services).flatMap((service) => {
    let isFirst = true;
    const ports = service.ports.length === 0 ? [undefined] : service.ports;
    return service.versions.flatMap(({ name: version, instances = [] }) =>
      instances.flatMap((instance) =>
        ports.map((port): Sidecar => {
          count += 1;
          const own = `${network}110.${String(count)}`;
          const upstreams = isFirst ? called : [];
          isFirst = false;
          const name =
            port === undefined ? names.ofCaller(service.id)[0] : names.ofPort(service.id, port.name);
          return {
            id: `${instance.id}-${port?.name ?? 'none'}`,
            name: name ?? service.name,
            service: service.id,
            version,
            app: instance.app[port?.name ?? ''] ?? { host: own, port: 9 },
            inbound: instance.inbound[port?.name ?? ''] ?? {
              host: own,
              port: 15_006,
            },
            admin: { host: own, port: 15_000 },
            upstreams: new Map(upstreams.map((to, index) => [to, { host: own, port: 20_000 + index }])),
          };
        }),
      ),
    );
  });
}

function calledNames({ services }: Ir, names: ConsulNames): readonly string[] {
  return Object.values(services).flatMap(({ id, ports }) =>
    ports.flatMap(({ name }) => names.ofPort(id, name) ?? []),
  );
}
