import type { External } from '../ir/external.ts';
import type { Ir } from '../ir/ir.ts';
import type { Route } from '../ir/route.ts';
import type { ServiceId } from '../ir/service-id.ts';
import { own } from '../lib/own.ts';
import { hostnameTakes } from '../semantics/host-name.ts';

/**
 * Returns the parts of meshes whose rules decide about requests to a destination: itself, its routes' backends, and
 * Externals that share hosts with it.
 */
export function closureOf(meshes: readonly Ir[], id: ServiceId): readonly unknown[] {
  const hosts = meshes.flatMap((ir) => own(ir.externals, id)?.hosts ?? []);
  return meshes.flatMap((ir) => {
    const service = own(ir.services, id);
    const gateway = own(ir.gateways, id);
    const external = own(ir.externals, id);
    const namesakes = hosts.length === 0 ? [] : sharing(ir, hosts).filter((one) => one.id !== id);
    const routes = [
      ...(service?.ports.map(({ route }) => route) ?? []),
      ...[external, ...namesakes].flatMap((one) => one?.ports.map(({ route }) => route) ?? []),
      ...(gateway?.listeners.flatMap(({ virtualHosts }) => virtualHosts.map(({ route }) => route)) ?? []),
    ];
    const backends = [...new Set(routes.flatMap(backendsOf))].filter((one) => one !== id);
    const parts = [
      service,
      gateway,
      external,
      ...namesakes,
      ...backends.flatMap((one) => [own(ir.services, one), own(ir.externals, one)]),
    ];
    const ways = parts.flatMap((one) =>
      one !== undefined && 'hosts' in one && one.gateway !== undefined
        ? [own(ir.gateways, one.gateway)?.access]
        : [],
    );
    return [...parts, ...ways].filter((one) => one !== undefined);
  });
}

/** Returns the Externals that have one of these hosts, or some of their names. */
export function sharing(ir: Ir, hosts: readonly string[]): readonly External[] {
  return Object.values(ir.externals).filter((one) =>
    one.hosts.some((other) => hosts.some((host) => overlap(host, other))),
  );
}

/** Returns true if a name fits both hostnames. */
function overlap(one: string, other: string): boolean {
  return one === other || hostnameTakes(one, withLabel(other)) || hostnameTakes(other, withLabel(one));
}

function withLabel(hostname: string): string {
  return hostname.replace(/^\*\./, 'any.');
}

/** Returns the services and Externals that the rules of a Route lead to. */
export function backendsOf({ rules }: Route): readonly ServiceId[] {
  return rules.flatMap(({ action }) =>
    action.type === 'forward' ? action.backends.map(({ service }) => service) : [],
  );
}

/** Returns the services and Externals that receive copies by the rules of a Route. */
export function mirrorsOf({ rules }: Route): readonly ServiceId[] {
  return rules.flatMap(({ action }) =>
    action.type === 'forward' ? action.mirrors.map(({ service }) => service) : [],
  );
}
