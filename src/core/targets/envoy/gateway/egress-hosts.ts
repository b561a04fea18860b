import type { External, ExternalPort } from '../../../ir/external.ts';
import type { Gateway, Listener } from '../../../ir/gateway.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { PrincipalMatch } from '../../../ir/principal.ts';
import { defaultPort } from '../../../semantics/port.ts';
import { type ClusterSet, egressListener } from '../cluster-set.ts';
import { egressHeader, egressMark } from '../egress-mark.ts';
import { onPort } from '../routes/dialled-port.ts';
import { requestPorts } from '../routes/domain-names.ts';
import { widerThan } from '../routes/external-hosts.ts';
import { catchAll } from '../routes/host-claims.ts';
import { both } from '../routes/restricted-backends.ts';
import type { HostRoutes } from '../routes/virtual-host.ts';
import type { Fields } from '../typed-config.ts';
import { clientCondition } from './client-condition.ts';

/**
 * Returns the hosts outside the mesh whose calls go through this egress gateway. The caller's proxy has applied their
 * Route and sends the chosen port in a header. A caller that bypasses its proxy still needs an identity that may call
 * the External; otherwise it gets 404. Calls that a Route forwards here under another host arrive at `*`.
 */
export function egressHosts(
  ir: Ir,
  gateway: Gateway,
  listener: Listener,
  clusters: ClusterSet,
): ReadonlyMap<string, HostRoutes> {
  const externals = Object.values(ir.externals).filter((external) => external.gateway === gateway.id);
  const byHost = new Map<string, External[]>();
  for (const external of externals)
    for (const host of external.hosts) byHost.set(host, [...(byHost.get(host) ?? []), external]);
  const foreign = externals
    .filter((external) => isForeignBackend(ir, external))
    .flatMap((external) => externalRoutes({ gateway, listener, external, clusters }).marked);
  const hosts = new Map<string, HostRoutes>();
  for (const host of byHost.keys()) {
    const own = [host, ...widerThan(host, byHost)].flatMap((pattern) =>
      (byHost.get(pattern) ?? []).map((external) =>
        externalRoutes({ gateway, listener, external, clusters, host: pattern }),
      ),
    );
    const routes = [
      ...own.flatMap(({ marked }) => marked),
      ...foreign,
      ...own.flatMap(({ called }) => called),
    ];
    if (routes.length > 0) hosts.set(host, { routes, limits: [] });
  }
  if (foreign.length > 0) hosts.set('*', { routes: foreign, limits: [] });
  return hosts;
}

/** Returns true if a Route of another service or External leads to this one. */
function isForeignBackend(ir: Ir, { id }: External): boolean {
  const routes = [
    ...[...Object.values(ir.services), ...Object.values(ir.externals)]
      .filter((owner) => owner.id !== id)
      .flatMap(({ ports }) => ports.map(({ route }) => route)),
    ...Object.values(ir.gateways).flatMap(({ listeners }) =>
      listeners.flatMap(({ virtualHosts }) => virtualHosts.map(({ route }) => route)),
    ),
  ];
  return routes.some(({ rules }) =>
    rules.some(
      ({ action }) => action.type === 'forward' && action.backends.some(({ service }) => service === id),
    ),
  );
}

interface Way {
  readonly gateway: Gateway;
  readonly listener: Listener;
  readonly external: External;
  readonly clusters: ClusterSet;
  /** The called host; if absent, any host. */
  readonly host?: string;
}

interface ExternalRoutes {
  /** Routes of calls for which the caller's proxy has named the port. */
  readonly marked: readonly Fields[];
  /** Routes of calls whose port is that of the `Host`. */
  readonly called: readonly Fields[];
}

function externalRoutes({ gateway, listener, external, clusters, host }: Way): ExternalRoutes {
  const identified: PrincipalMatch = { type: 'authenticated' };
  const from = external.from?.map((match) => (match.type === 'anyone' ? identified : match)) ?? [identified];
  const caller = clientCondition(gateway, listener, from);
  if (typeof caller === 'string') return { marked: [], called: [] };
  const ports = requestPorts(external.ports).filter(
    (port) => egressListener(gateway, external, port) === listener,
  );
  const toPort = (port: ExternalPort, condition: Fields): readonly Fields[] => {
    const cluster = clusters.name({ service: external.id, port: port.name }, host);
    const name = `${external.id}:${port.name}`;
    const { routes } = catchAll(name, both(condition, caller), { route: { cluster, timeout: '0s' } });
    return onPort(external, port, host ?? external.hosts[0] ?? '*', routes);
  };
  return {
    marked: ports.flatMap((port) => toPort(port, markedAs(external, port))),
    called: ports.flatMap((port) => toPort(port, calledOn(external, port))),
  };
}

function markedAs(external: External, port: ExternalPort): Fields {
  return { headers: [{ name: egressHeader, string_match: { exact: egressMark(external, port) } }] };
}

/**
 * Returns the condition that `Host` means this port: it has the port's number, or no number if this is the default
 * port.
 */
function calledOn({ ports }: External, port: ExternalPort): Fields {
  const number = defaultPort(ports) === port ? `(:${String(port.number)})?` : `:${String(port.number)}`;
  return { headers: [{ name: ':authority', string_match: { safe_regex: { regex: `[^:]*${number}` } } }] };
}
