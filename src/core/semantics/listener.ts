import type { Gateway, Listener, VirtualHost } from '../ir/gateway.ts';
import { hostName, hostnameTakes, mostSpecific } from './host-name.ts';
import type { Request } from './request.ts';

/**
 * The listener that a request enters by: the one of this name, or of this number (of several the one that takes the name
 * most closely); without a port the only one, else the one on 80.
 */
export function askedListener(gateway: Gateway, request: Request): Listener | undefined {
  const { listeners } = gateway;
  const asked = request.port ?? (listeners.length === 1 ? listeners[0]?.name : 80);
  const named = listeners.find(({ name }) => name === asked);
  if (named !== undefined) return named;
  const numbered = listeners.filter(({ port }) => String(port) === String(asked));
  const name = hostName(request.sni ?? request.host ?? '').name;
  const best = mostSpecific(
    numbered.flatMap(({ hostnames }) => hostnames),
    name,
  );
  return numbered.find(({ hostnames }) => best !== undefined && hostnames.includes(best)) ?? numbered[0];
}

/** The most specific hostname (exact, then the longest `*.`, then `*`) decides alone; `name` is in lower case. */
export function virtualHost(listener: Listener, name: string): VirtualHost | undefined {
  if (!isOwnHost(listener, name)) return undefined;
  const hostnames = listener.virtualHosts.map(({ hostname }) => hostname);
  const best = mostSpecific(hostnames, name);
  return listener.virtualHosts.find(({ hostname }) => hostname === best);
}

/** Whether a listener takes requests for this name (in lower case) at all. */
export function isOwnHost({ hostnames }: Listener, name: string): boolean {
  return hostnames.some((hostname) => hostnameTakes(hostname, name));
}
