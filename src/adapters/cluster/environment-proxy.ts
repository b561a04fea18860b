import { isLoopback } from './is-loopback.ts';

/**
 * Returns the HTTP proxy of the environment for a server, as Go's programs choose it (golang.org/x/net/http/httpproxy):
 * HTTPS_PROXY or HTTP_PROXY by the server's scheme, upper case first; never for this machine or a host of NO_PROXY.
 * Returns undefined if there is none.
 */
export function environmentProxy(
  server: string,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if (!URL.canParse(server)) return undefined;
  const { protocol, hostname, port } = new URL(server);
  const said = (name: string): string => environment[name] || environment[name.toLowerCase()] || '';
  const proxy = said(protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (proxy === '' || isLoopback(hostname)) return undefined;
  const exempt = said('NO_PROXY').split(',');
  if (exempt.some((one) => isExempt(one.trim(), hostname, port))) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

/**
 * Returns true if an entry of NO_PROXY covers a host. An entry is `*`, a name (which covers its subdomains, too),
 * `.name` (subdomains alone), or a CIDR.
 */
function isExempt(entry: string, hostname: string, port: string): boolean {
  if (entry === '') return false;
  if (entry === '*') return true;
  const host = hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  const [, name = '', own] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  if (own !== undefined && own !== port) return false;
  if (isInRange(entry, host)) return true;
  const suffix = name.replace(/^\*/, '');
  return suffix.startsWith('.') ? host.endsWith(suffix) : host === suffix || host.endsWith(`.${suffix}`);
}

/** Returns true if an IPv4 address is in a range (`10.0.0.0/8`). */
function isInRange(range: string, host: string): boolean {
  const [base = '', bits = ''] = range.split('/');
  const [from, address] = [numberOf(base), numberOf(host)];
  if (from === undefined || address === undefined || !/^\d{1,2}$/.test(bits)) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(from / size) === Math.floor(address / size);
}

function numberOf(address: string): number | undefined {
  const parts = address.split('.').map(Number);
  const isAddress =
    parts.length === 4 && parts.every((part) => Number.isInteger(part) && part >= 0 && part < 256);
  return isAddress ? parts.reduce((sum, part) => sum * 256 + part, 0) : undefined;
}
