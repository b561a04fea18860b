import type { Ir } from '../ir/ir.ts';
import { readsRequests } from '../ir/service.ts';
import { sameSettings } from '../reach/same-meaning.ts';
import { placesOf, strayRequests } from '../reach/stray-requests.ts';
import { mixtures } from './mixtures.ts';

/**
 * Returns true if a change of access is safe in one step, while some proxies have the old rules and others the new ones:
 * nothing but rules of Access changes, the rules are asked for each request, and either each call meets one changed
 * Access at most, or no mixture of old and new rules that a call can meet decides a request as neither mesh does.
 * A call that both meshes allow is never refused then, and one that neither allows never passes.
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
  const isAsked =
    services.every((service) => service.ports.every((port) => readsRequests(service, port))) &&
    gateways.every(({ listeners }) =>
      listeners.every(({ protocol }) => protocol === 'http' || protocol === 'https'),
    );
  return isAsked && (meetsOne || strayRequests(old, next, mixtures(old, next), placesOf).length === 0);
}

function withoutAccess({ services, gateways, guardrails: _, ...rest }: Ir): object {
  const bare = (owners: Readonly<Record<string, object>>): object =>
    Object.fromEntries(Object.entries(owners).map(([id, owner]) => [id, { ...owner, access: undefined }]));
  return { ...rest, services: bare(services), gateways: bare(gateways) };
}
