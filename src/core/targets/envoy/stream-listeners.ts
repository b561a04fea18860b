import type { External, ExternalPort } from '../../ir/external.ts';
import type { Ir } from '../../ir/ir.ts';
import type { RouteMatch } from '../../ir/match.ts';
import { spiffeId } from '../../ir/principal.ts';
import type { Rule } from '../../ir/route.ts';
import type { Address, Port, Service } from '../../ir/service.ts';
import { carriesRequests } from '../../semantics/port.ts';
import { takesPrincipal } from '../../semantics/principal.ts';
import type { Json } from '../artifact.ts';
import type { ClusterSet } from './cluster-set.ts';
import type { Member } from './scopes.ts';
import { socketAddress } from './socket-address.ts';
import { streamChains, streamProxy } from './stream-routes.ts';
import { extension, typed } from './typed-config.ts';

/**
 * Returns the listeners at which an application's calls to tls and tcp ports enter its proxy, one for each port that
 * has an address.
 */
export function streamListeners(
  ir: Ir,
  { service, instance }: Member,
  clusters: ClusterSet,
): readonly Json[] {
  return Object.entries(instance.outboundTcp).flatMap(([called, address]) => {
    const colon = called.lastIndexOf(':');
    const owner = ir.services[called.slice(0, colon)] ?? ir.externals[called.slice(0, colon)];
    const port = owner?.ports.find(({ name }) => name === called.slice(colon + 1));
    if (owner === undefined || port === undefined || carriesRequests(port)) return [];
    return [streamListener({ ir, caller: service, owner, port, clusters }, address)];
  });
}

interface Called {
  readonly ir: Ir;
  readonly caller: Service;
  readonly owner: Service | External;
  readonly port: Port | ExternalPort;
  readonly clusters: ClusterSet;
}

function streamListener(called: Called, address: Address): Json {
  const { owner, port } = called;
  const byName = port.protocol === 'tls' || ('applicationTls' in port && port.applicationTls);
  return typed('envoy.config.listener.v3.Listener', {
    name: `outbound/${owner.id}/${port.name}`,
    address: socketAddress(address),
    traffic_direction: 'OUTBOUND',
    ...(byName && { listener_filters: [tlsInspector], listener_filters_timeout: '15s' }),
    filter_chains: chainsOf(called, byName),
  });
}

/** The listener filter that reads the server name of a client without ending its TLS. */
export const tlsInspector: Json = extension(
  'envoy.filters.listener.tls_inspector',
  'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector',
);

function chainsOf(called: Called, byName: boolean): readonly Json[] {
  const { ir, caller, owner, port, clusters } = called;
  const identity = spiffeId(caller.workload.principal);
  const visible = isVisible(owner, caller, identity);
  const takes = (match: RouteMatch): boolean =>
    (match.port === undefined || match.port === port.number) &&
    (match.from === undefined || match.from.some((from) => takesPrincipal(from, identity)));
  const name = `outbound/${owner.id}/${port.name}`;
  const proxy = (rule: Rule, host?: string): readonly Json[] =>
    rule.action.type === 'forward' ? streamProxy(ir, name, rule.action.backends, clusters, host) : [];
  // TLS ports of an External accept only its own names; each name leads to its own host.
  const chains = !visible
    ? []
    : byName && 'hosts' in owner
      ? owner.hosts.flatMap((host) => streamChains(port.route, takes, (rule) => proxy(rule, host), host))
      : streamChains(port.route, takes, (rule) => proxy(rule));
  // A listener needs a chain; a chain without filters closes connections.
  return chains.length > 0 ? chains : [{ filters: [] }];
}

function isVisible(owner: Service | External, caller: Service, identity: string): boolean {
  if ('hosts' in owner)
    return owner.from === undefined || owner.from.some((match) => takesPrincipal(match, identity));
  return owner.exposeTo === 'all' || owner.exposeTo.includes(caller.namespace);
}
