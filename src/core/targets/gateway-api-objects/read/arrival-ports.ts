import type { KnownListener } from './known-gateway.ts';
import type { Parent, RouteWorld } from './routes.ts';

/** Returns true for a parent with a port that isn't the usual one of HTTP or HTTPS. */
export function arrivesElsewhere(
  parent: Parent | undefined,
  { gateways, context, dialect }: RouteWorld,
): boolean {
  if (parent === undefined || dialect !== undefined) return false;
  const { gateway, service, ports } = parent;
  const listeners = gateways.find(({ id }) => id === gateway)?.listeners ?? new Map<string, KnownListener>();
  const known = [...listeners.values(), ...(context.inventory.service(service ?? '')?.ports ?? [])];
  return known.some(({ name, port }) => (ports?.includes(name) ?? true) && port !== 80 && port !== 443);
}
