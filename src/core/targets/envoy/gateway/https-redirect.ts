import type { Gateway, Listener } from '../../../ir/gateway.ts';
import type { Ir } from '../../../ir/ir.ts';
import { hostnameTakes } from '../../../semantics/host-name.ts';
import { httpsPort } from '../../../semantics/listener.ts';
import { redirectVariants } from '../routes/redirect.ts';
import type { HostRoutes } from '../routes/virtual-host.ts';
import { withoutServerChecks } from '../server-filters.ts';
import type { Fields } from '../typed-config.ts';

/**
 * Returns the hosts of a listener that redirects to https. Each redirects to the port of the https listener with the
 * most specific hostname for it; for other hosts the answer is 404. `routed` has the routes of the hosts, for requests
 * that came to a trusted proxy by https.
 */
export function redirectedHosts(
  ir: Ir,
  gateway: Gateway,
  listener: Listener,
  routed: ReadonlyMap<string, HostRoutes>,
): readonly (readonly [string, HostRoutes])[] {
  const own = (host: string): boolean =>
    listener.hostnames.some(
      (hostname) => hostname === host || hostnameTakes(hostname, host.replace(/^\*(?=\.)/, '-')),
    );
  const served = gateway.listeners
    .filter(({ protocol }) => protocol === 'https')
    .flatMap(({ hostnames }) => hostnames);
  const hosts = new Set([...listener.hostnames, ...served.filter(own), ...routed.keys()]);
  return [...hosts].map((host) => {
    const behind = routed.get(host) ?? closest(routed, host);
    return [
      host,
      { routes: [...redirects(ir, gateway, listener, host), ...behind.routes], limits: behind.limits },
    ];
  });
}

/** Returns the routes for a host that is listed only for its port: those of the most specific host that covers it. */
function closest(routed: ReadonlyMap<string, HostRoutes>, host: string): HostRoutes {
  const name = host.replace(/^\*(?=\.)/, '-');
  const [best] = [...routed.keys()]
    .filter((hostname) => hostnameTakes(hostname, name))
    .sort((one, other) => other.length - one.length);
  return (best === undefined ? undefined : routed.get(best)) ?? { routes: [], limits: [] };
}

function redirects(ir: Ir, gateway: Gateway, listener: Listener, host: string): readonly Fields[] {
  const port = httpsPort(gateway, host.replace(/^\*(?=\.|$)/, '-'));
  const names = host.startsWith('*') ? [] : [host];
  const where = { scheme: 'http', port: listener.port, names } as const;
  const redirect = { origin: listener.origin, type: 'redirect', scheme: 'https', port, status: 301 } as const;
  const plain = listener.clientAddress?.type === 'forwarded' ? [notByHttps] : [];
  return redirectVariants(redirect, where).map(({ headers, action }) => ({
    name: 'to-https',
    match: {
      prefix: '/',
      ...(headers.length + plain.length > 0 && { headers: [...headers, ...plain] }),
    },
    redirect: action,
    typed_per_filter_config: withoutServerChecks(ir, gateway.authentication),
  }));
}

/** Matches requests that didn't come to the trusted proxy by https; Envoy joins several lines of this header. */
const notByHttps: Fields = {
  name: 'x-forwarded-proto',
  string_match: { exact: 'https', ignore_case: true },
  invert_match: true,
  treat_missing_header_as_empty: true,
};
