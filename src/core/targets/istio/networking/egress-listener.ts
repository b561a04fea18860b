import type { External, ExternalPort } from '../../../ir/external.ts';
import type { Gateway, Listener } from '../../../ir/gateway.ts';

/** The listener of an egress gateway that takes calls to this port: the one of its number, else the first that speaks so. */
export function egressListener(
  { listeners }: Gateway,
  { hosts }: External,
  port: ExternalPort,
): Listener | undefined {
  const speaking = listeners.filter(
    ({ protocol, hostnames }) =>
      protocol === protocolAtGateway(port) &&
      hosts.some((host) => hostnames.some((hostname) => covers(hostname, host))),
  );
  return speaking.find(({ port: number }) => number === port.number) ?? speaking[0];
}

function protocolAtGateway({ http, applicationTls, protocol }: ExternalPort): Listener['protocol'] {
  if (applicationTls || protocol === 'tls') return 'tls';
  return http ? 'http' : 'tcp';
}

/** Returns true if `hostname` takes every name that `host` (exact or `*.`) takes. */
export function covers(hostname: string, host: string): boolean {
  if (hostname === '*' || hostname === host) return true;
  return hostname.startsWith('*.') && host.endsWith(hostname.slice(1)) && host.length > hostname.length - 1;
}
