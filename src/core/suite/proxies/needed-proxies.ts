import type { Ir } from '../../ir/ir.ts';
import { spiffeId } from '../../ir/principal.ts';
import type { Route } from '../../ir/route.ts';
import { own } from '../../lib/own.ts';
import type { Outcome } from '../../semantics/outcome.ts';
import type { Request } from '../../semantics/request.ts';

/** A request with its outcome by the meaning of the mesh. */
export interface Decided {
  readonly request: Request;
  readonly outcome: Outcome;
}

/**
 * Returns the ids of the services and gateways whose proxies the requests can pass: callers, the services and gateways
 * that are asked, all destinations of their Routes and outcomes, and egress gateways on the way.
 */
export function neededProxies(decided: readonly Decided[], ir: Ir): ReadonlySet<string> {
  const byIdentity = new Map(
    Object.values(ir.services).map(({ id, workload }) => [spiffeId(workload.principal), id]),
  );
  const ids = decided.flatMap(({ request, outcome }) => [
    callerOf(request, byIdentity) ?? request.to.id,
    request.to.id,
    ...routesOf(request, ir).flatMap(destinations),
    ...(outcome.outcome === 'forwarded' ? [...outcome.backends, ...outcome.mirrors] : []).map(
      ({ service }) => service,
    ),
    ...namedBy(request, ir),
  ]);
  const gateways = ids.flatMap((id) => own(ir.externals, id)?.gateway ?? []);
  return new Set([...ids, ...gateways]);
}

function callerOf({ from }: Request, byIdentity: ReadonlyMap<string, string>): string | undefined {
  if (from.type === 'service') return from.id;
  return from.type === 'spiffe' ? byIdentity.get(from.id) : undefined;
}

function routesOf({ to: { id } }: Request, { services, externals, gateways }: Ir): readonly Route[] {
  const hosts = own(gateways, id)?.listeners.flatMap(({ virtualHosts }) => virtualHosts) ?? [];
  const ports = [...(own(services, id)?.ports ?? []), ...(own(externals, id)?.ports ?? [])];
  return [...hosts, ...ports].map(({ route }) => route);
}

function destinations({ rules }: Route): readonly string[] {
  return rules.flatMap(({ action }) =>
    action.type === 'forward' ? [...action.backends, ...action.mirrors].map(({ service }) => service) : [],
  );
}

/** Returns the services that the host of a call may mean: those of its first name. */
function namedBy({ host, to }: Request, { services }: Ir): readonly string[] {
  if (host === undefined || to.type === 'gateway') return [];
  const name = host.split(/[.:]/)[0];
  return Object.values(services)
    .filter((service) => service.name === name)
    .map(({ id }) => id);
}
