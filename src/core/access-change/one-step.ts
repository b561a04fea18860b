import type { Ir } from '../ir/ir.ts';
import { readsRequests } from '../ir/service.ts';
import { sameSettings } from '../reach/same-meaning.ts';

/**
 * Returns true if a change of access is safe in one step, while some proxies have the old rules and others the new ones:
 * nothing but rules of Access changes, each call meets one changed Access at most, and the rules are asked for each
 * request. One proxy then decides a call by the old rules or by the new ones, so what both allow is never refused and
 * what neither allows never passes.
 */
export function isSafeInOneStep(old: Ir, next: Ir): boolean {
  if (!sameSettings(withoutAccess(old), withoutAccess(next))) return false;
  const services = Object.values(next.services).filter(
    (service) => !sameSettings(service.access, old.services[service.id]?.access),
  );
  const gateways = Object.values(next.gateways).filter(
    (gateway) => !sameSettings(gateway.access, old.gateways[gateway.id]?.access),
  );
  // A call passes an ingress gateway, an egress gateway and one server.
  const meetsOne = gateways.length === 0 || (gateways.length === 1 && services.length === 0);
  return (
    meetsOne &&
    services.every((service) => service.ports.every((port) => readsRequests(service, port))) &&
    gateways.every(({ listeners }) =>
      listeners.every(({ protocol }) => protocol === 'http' || protocol === 'https'),
    )
  );
}

function withoutAccess({ services, gateways, guardrails: _, ...rest }: Ir): object {
  const bare = (owners: Readonly<Record<string, object>>): object =>
    Object.fromEntries(Object.entries(owners).map(([id, owner]) => [id, { ...owner, access: undefined }]));
  return { ...rest, services: bare(services), gateways: bare(gateways) };
}
