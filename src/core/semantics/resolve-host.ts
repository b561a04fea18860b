import type { External } from '../ir/external.ts';
import type { Ir } from '../ir/ir.ts';
import { spiffeId } from '../ir/principal.ts';
import type { Port, Service } from '../ir/service.ts';
import { own } from '../lib/own.ts';
import { decision, type Failure, noRoute } from './answer.ts';
import { hostName, mostSpecific } from './host-name.ts';
import { carriesRequests, defaultPort } from './port.ts';
import { takesPrincipal } from './principal.ts';

/**
 * The destination of an HTTP call inside the mesh, by its `Host`: a port, a failure (404), or a host that the mesh
 * doesn't name.
 */
export type Destination =
  | { readonly type: 'port'; readonly port: Port }
  | { readonly type: 'nowhere'; readonly failure: Failure }
  | { readonly type: 'unknown' };

/** Finds the destination of a `Host`: services by their derived names, then Externals by their hosts. */
export function resolveHost(ir: Ir, caller: Service, host: string): Destination {
  const { name, port } = hostName(host);
  const service = serviceNamed(ir, caller.namespace, name);
  if (service !== undefined) {
    const hidden = notExposed(service, caller.namespace);
    return hidden === undefined ? atPort(service, host, port) : { type: 'nowhere', failure: hidden };
  }
  const externals = externalsFor(ir, spiffeId(caller.workload.principal), name);
  const external = externals.find((candidate) => pickPort(candidate, port) !== undefined) ?? externals[0];
  if (external !== undefined) return atPort(external, host, port);
  const hidden = hiddenExternal(ir, name);
  return hidden === undefined ? { type: 'unknown' } : { type: 'nowhere', failure: hidden };
}

/** Returns the failure of a call from a namespace that the service isn't exposed to; undefined for other namespaces. */
export function notExposed(service: Service, namespace: string): Failure | undefined {
  if (service.exposeTo === 'all' || service.exposeTo.includes(namespace)) return undefined;
  const what = `${service.id} is not exposed to the namespace ${namespace}`;
  return noRoute(404, what, [decision(service.origin, what)]);
}

/**
 * Returns the service named `reviews` (in the caller's namespace), `reviews.shop` or `reviews.shop.svc.cluster.local`.
 */
function serviceNamed(ir: Ir, from: string, name: string): Service | undefined {
  const [service = '', namespace = from, ...domain] = name.split('.');
  const derived = domain.length === 0 || domain.join('.') === 'svc.cluster.local';
  return derived ? own(ir.services, `${namespace}/${service}`) : undefined;
}

/**
 * Returns the Externals with the most specific host for the name among those that the caller may call, sorted by id.
 */
function externalsFor(ir: Ir, identity: string, name: string): readonly External[] {
  const open = Object.values(ir.externals).filter(
    ({ from }) => from === undefined || from.some((match) => takesPrincipal(match, identity)),
  );
  const best = mostSpecific(
    open.flatMap(({ hosts }) => hosts),
    name,
  );
  const taking = best === undefined ? [] : open.filter(({ hosts }) => hosts.includes(best));
  return taking.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Returns the failure for a host that only Externals for other callers have, whatever `egress` says. */
function hiddenExternal(ir: Ir, name: string): Failure | undefined {
  const externals = Object.values(ir.externals);
  const best = mostSpecific(
    externals.flatMap(({ hosts }) => hosts),
    name,
  );
  const external = externals.find(({ hosts }) => best !== undefined && hosts.includes(best));
  if (external === undefined) return undefined;
  const what = `${external.id} is not for this caller`;
  return noRoute(404, what, [decision(external.origin, what)]);
}

function atPort(owner: Service | External, host: string, asked: string | undefined): Destination {
  const port = pickPort(owner, asked);
  if (port !== undefined) return { type: 'port', port };
  const what =
    asked === undefined
      ? `${owner.id} has neither a single HTTP port nor one on 80, so \`${host}\` needs a port`
      : `${owner.id} has no HTTP port ${asked}`;
  return { type: 'nowhere', failure: noRoute(404, what, [decision(owner.origin, what)]) };
}

function pickPort({ ports }: Service | External, asked: string | undefined): Port | undefined {
  if (asked === undefined) return defaultPort<Port>(ports);
  return ports.find((port) => carriesRequests(port) && String(port.number) === asked);
}
