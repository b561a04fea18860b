import type { Redirect } from '../ir/route.ts';
import { type Arrival, target } from './arrival.ts';
import { hostName } from './host-name.ts';

/** The parts that a redirect changes; other parts stay as in the request. */
export type RedirectParts = Pick<Redirect, 'scheme' | 'host' | 'port'> & { readonly path?: string };

/**
 * Returns the `Location`: absent parts stay as in the request, including the query; the default port of the previous
 * scheme is dropped.
 */
export function redirectLocation(parts: RedirectParts, arrival: Arrival): string {
  const path = target({ path: parts.path ?? arrival.path, query: arrival.query });
  return `${redirectOrigin(parts, arrival)}${path}`;
}

/** Returns the scheme and the authority of a `Location`. */
export function redirectOrigin(
  parts: Omit<RedirectParts, 'path'>,
  arrival: Pick<Arrival, 'host' | 'scheme'>,
): string {
  const requested = hostName(arrival.host);
  const scheme = parts.scheme ?? arrival.scheme;
  const port =
    parts.port === undefined
      ? without(defaultPorts[arrival.scheme], requested.port)
      : without(defaultPorts[scheme], String(parts.port));
  return `${scheme}://${parts.host ?? requested.name}${port === undefined ? '' : `:${port}`}`;
}

const defaultPorts: Readonly<Record<string, string>> = { http: '80', https: '443' };

function without(unwritten: string | undefined, port: string | undefined): string | undefined {
  return port === unwritten ? undefined : port;
}
