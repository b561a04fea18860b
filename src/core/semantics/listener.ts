import type { Gateway, Listener, VirtualHost } from '../ir/gateway.ts';
import { decision, type Failure, noRoute } from './answer.ts';
import { hostName, hostnameTakes, mostSpecific, withoutFinalDot } from './host-name.ts';
import type { Request } from './request.ts';

/**
 * The listener at which a request enters, or the failure if there is none. `read` says that the request was read before
 * the failure.
 */
export type Entrance =
  | { readonly listener: Listener }
  | { readonly failure: Failure; readonly read: boolean };

/**
 * Finds the listener of this name or number; without a port, the only listener or the one on 80. Of several listeners
 * on one port, finds the one with the most specific hostname for the server name (on http, for the `Host`). An unknown
 * server name gets a closed connection, an unknown `Host` gets 404.
 */
export function enteredListener(gateway: Gateway, request: Request): Entrance {
  const { listeners, origin, id } = gateway;
  const asked = request.port ?? (listeners.length === 1 ? listeners[0]?.name : 80);
  const known = listeners.find(({ name, port }) => name === asked || String(port) === String(asked));
  if (known === undefined) {
    const what = `${id} has no listener for ${request.port === undefined ? 'port 80' : String(request.port)}`;
    return { failure: noRoute(404, what, [decision(origin, what)]), read: false };
  }
  const sharing = sharingPort(gateway, known);
  if (sharing.length === 1) return { listener: known };
  const plain = known.protocol === 'http';
  const host = withoutFinalDot(request.host ?? `${gateway.name}.${gateway.namespace}`);
  const name = hostName(plain ? host : (request.sni ?? host)).name;
  const listener = closestListener(sharing, name);
  if (listener !== undefined) return { listener };
  const what = `no listener on port ${String(known.port)} serves ${name}`;
  return { failure: noRoute(plain ? 404 : 0, what, [decision(known.origin, what)]), read: plain };
}

/** Returns all listeners on the port of a listener, including itself. */
export function sharingPort({ listeners }: Gateway, { port }: Listener): readonly Listener[] {
  return listeners.filter((listener) => listener.port === port);
}

/** Returns the listener with the most specific hostname for a name (in lower case). */
export function closestListener(listeners: readonly Listener[], name: string): Listener | undefined {
  const best = mostSpecific(
    listeners.flatMap(({ hostnames }) => hostnames),
    name,
  );
  return listeners.find(({ hostnames }) => best !== undefined && hostnames.includes(best));
}

/**
 * Returns the port of the https listener with the most specific hostname for a host (in lower case); of equal ones, the
 * lowest port; 443 if there is none.
 */
export function httpsPort({ listeners }: Gateway, name: string): number {
  const https = listeners
    .filter(({ protocol }) => protocol === 'https')
    .sort((one, other) => one.port - other.port);
  return closestListener(https, name)?.port ?? 443;
}

/**
 * Returns the virtual host with the most specific hostname (exact, then the longest `*.`, then `*`); `name` is in lower
 * case.
 */
export function virtualHost(listener: Listener, name: string): VirtualHost | undefined {
  if (!isOwnHost(listener, name)) return undefined;
  const hostnames = listener.virtualHosts.map(({ hostname }) => hostname);
  const best = mostSpecific(hostnames, name);
  return listener.virtualHosts.find(({ hostname }) => hostname === best);
}

/** Returns true if a listener takes requests for this name (in lower case). */
export function isOwnHost({ hostnames }: Listener, name: string): boolean {
  return hostnames.some((hostname) => hostnameTakes(hostname, name));
}
