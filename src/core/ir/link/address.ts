import type { Address } from '../service.ts';

/** Reads `HOST:PORT` or `[IPV6]:PORT`, in the form that the schema of addresses allows. */
export function addressOf(written: string): Address {
  const colon = written.lastIndexOf(':');
  const host = written.slice(0, colon);
  return { host: host.startsWith('[') ? host.slice(1, -1) : host, port: Number(written.slice(colon + 1)) };
}

/** Returns `HOST:PORT`, with brackets around an IPv6 address. */
export function formatAddress({ host, port }: Address): string {
  return `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}

/** Returns true if only the machine itself reaches this host. */
export function isLoopback(host: string): boolean {
  return (
    /^127(?:\.[0-9]{1,3}){3}$/.test(host) || host === 'localhost' || /^(?:0{0,4}:){2,7}0{0,3}1$/.test(host)
  );
}

/** Returns true if this host stands for all addresses of a machine, so that nobody can call it. */
export function isUnspecified(host: string): boolean {
  return host === '0.0.0.0' || /^[0:]+$/.test(host);
}
