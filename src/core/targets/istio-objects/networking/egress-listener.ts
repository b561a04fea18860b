import type { External, ExternalPort } from '../../../ir/external.ts';
import type { Gateway, Listener } from '../../../ir/gateway.ts';

/**
 * Returns the listener of an egress gateway for calls to this port: the one with the port's number, or else the first
 * with its protocol.
 */
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

/** Returns true if `hostname` covers every name that `host` (exact or `*.`) covers. */
export function covers(hostname: string, host: string): boolean {
  if (hostname === '*' || hostname === host) return true;
  return hostname.startsWith('*.') && host.endsWith(hostname.slice(1)) && host.length > hostname.length - 1;
}
