import type { External } from '../../../ir/external.ts';
import type { Gateway, Listener } from '../../../ir/gateway.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { RouteMatch } from '../../../ir/match.ts';
import { closestListener, sharingPort } from '../../../semantics/listener.ts';
import type { Json } from '../../artifact.ts';
import { identity } from '../../envoy-filters/rbac/principals.ts';
import { type ClusterSet, egressListener } from '../cluster-set.ts';
import { meshListener } from '../hop-cluster.ts';
import { identifiedChain } from '../identified-chain.ts';
import { accessRules } from '../rbac/rules.ts';
import { serverNames } from '../server-names.ts';
import { streamChains, streamProxy } from '../stream-routes.ts';
import { meshProtocol } from '../tls.ts';
import { extension, type Fields } from '../typed-config.ts';

/** Returns the filter chains of a tls listener, by server name, or of a tcp listener; none for other listeners. */
export function streamGatewayChains(
  ir: Ir,
  gateway: Gateway,
  listener: Listener,
  clusters: ClusterSet,
  takes: (match: RouteMatch) => boolean,
): readonly Fields[] {
  if (listener.protocol === 'http' || listener.protocol === 'https') return [];
  const guards = access(ir, gateway, listener);
  const name = `gateway/${listener.name}`;
  const sharing = sharingPort(gateway, listener);
  const hosts = listener.virtualHosts.filter(
    ({ hostname }) => closestListener(sharing, hostname.replace(/^\*(?=\.|$)/, '-')) === listener,
  );
  const own = hosts.flatMap(({ hostname, route }) =>
    streamChains(
      route,
      takes,
      (rule) => {
        const proxy =
          rule.action.type === 'forward' ? streamProxy(ir, name, rule.action.backends, clusters) : [];
        return proxy.length === 0 ? [] : [...guards, ...proxy];
      },
      hostname,
    ),
  );
  const known = new Set(listener.virtualHosts.map(({ hostname }) => hostname));
  // Close names of this listener that have no Route: otherwise they would go to another listener.
  const closed =
    sharing.length === 1 ? [] : listener.hostnames.filter((name) => name !== '*' && !known.has(name));
  return [
    ...own,
    ...externalChains(ir, gateway, listener, clusters, guards, known),
    ...closed.map((hostname) => ({ ...serverNames([hostname]), filters: [] })),
  ];
}

/**
 * Returns the chains for hosts outside the mesh whose calls go through this egress gateway with the application's own
 * TLS.
 */
function externalChains(
  ir: Ir,
  gateway: Gateway,
  listener: Listener,
  clusters: ClusterSet,
  guards: readonly Json[],
  known: ReadonlySet<string>,
): readonly Fields[] {
  return Object.values(ir.externals).flatMap((external): readonly Fields[] => {
    const port = external.ports.find(
      (candidate) => egressListener(gateway, external, candidate) === listener,
    );
    if (external.gateway !== gateway.id || port === undefined) return [];
    const proxy = (host: string): readonly Json[] => {
      const backend = { origin: port.origin, service: external.id, port: port.name, weight: 1 };
      return [...guards, ...streamProxy(ir, `gateway/${listener.name}`, [backend], clusters, host)];
    };
    if (listener.protocol === 'tcp') {
      const [host = '*'] = external.hosts;
      const identified = meshListener(gateway, listener);
      const callers = { alpn: [meshProtocol], callers: callersOf(external) };
      return [identified ? identifiedChain(ir, callers, proxy(host)) : { filters: proxy(host) }];
    }
    const hosts = external.hosts.filter((host) => !known.has(host));
    return hosts.map((host) => ({ ...serverNames([host]), filters: proxy(host) }));
  });
}

/**
 * Returns matchers of the identities that may call an External through the gateway; empty if all identities that the
 * mesh trusts may.
 */
function callersOf({ from = [] }: External): readonly Json[] {
  const named = from.flatMap((match) => (match.type === 'anyone' ? [] : [identity(match)]));
  return named.length === from.length ? named : [];
}

function access(ir: Ir, { access: rules }: Gateway, { name, clientAddress }: Listener): readonly Json[] {
  const { deny, allow } = accessRules(ir, { access: rules, port: name, http: false, clientAddress });
  const guard = (kind: string, content: Json | undefined): readonly Json[] =>
    content === undefined
      ? []
      : [
          extension(`access-${kind}`, 'envoy.extensions.filters.network.rbac.v3.RBAC', {
            stat_prefix: `${kind}.`,
            rules: content,
          }),
        ];
  return [...guard('deny', deny), ...guard('allow', allow)];
}
