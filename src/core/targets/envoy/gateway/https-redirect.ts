import type { Gateway, Listener } from '../../../ir/gateway.ts';
import type { Ir } from '../../../ir/ir.ts';
import { hostnameTakes } from '../../../semantics/host-name.ts';
import { httpsPort } from '../../../semantics/listener.ts';
import { redirectVariants } from '../routes/redirect.ts';
import type { HostRoutes } from '../routes/virtual-host.ts';
import { withoutServerChecks } from '../server-filters.ts';
import type { Fields } from '../typed-config.ts';

/**
 * The hosts of a listener that redirects to https, each to the port of the https listener that serves it most closely; other
 * hosts are unknown to it. `routed` are the routes of its hosts, which requests take that came to a trusted proxy by https.
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

/** A host of its own for the sake of its port has the routes of the host that takes it most closely. */
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

/** Takes requests that didn't come to the trusted proxy by https; Envoy joins several lines of this header. */
const notByHttps: Fields = {
  name: 'x-forwarded-proto',
  string_match: { exact: 'https', ignore_case: true },
  invert_match: true,
  treat_missing_header_as_empty: true,
};
