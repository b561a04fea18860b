import type { Gateway } from '../ir/gateway.ts';
import type { Ir } from '../ir/ir.ts';
import type { ServiceId } from '../ir/service-id.ts';
import { backendsOf } from './closure.ts';

/** Returns the services and Externals whose Routes lead to each one, with itself, by its id. */
export function destinationsByBackend(ir: Ir): ReadonlyMap<ServiceId, readonly ServiceId[]> {
  const leading = new Map<ServiceId, Set<ServiceId>>();
  for (const { id, ports } of [...Object.values(ir.services), ...Object.values(ir.externals)]) {
    for (const backend of [id, ...ports.flatMap(({ route }) => backendsOf(route))]) {
      const known = leading.get(backend);
      if (known === undefined) leading.set(backend, new Set([id]));
      else known.add(id);
    }
  }
  return new Map([...leading].map(([id, from]) => [id, [...from]]));
}

/** Returns the gateways whose Routes lead to each service and External, by its id. */
export function gatewaysByBackend(ir: Ir): ReadonlyMap<ServiceId, readonly Gateway[]> {
  const leading = new Map<ServiceId, Gateway[]>();
  for (const gateway of Object.values(ir.gateways)) {
    const routes = gateway.listeners.flatMap(({ virtualHosts }) => virtualHosts.map(({ route }) => route));
    for (const backend of new Set(routes.flatMap(backendsOf))) {
      const known = leading.get(backend);
      if (known === undefined) leading.set(backend, [gateway]);
      else known.push(gateway);
    }
  }
  return leading;
}
