import type { External } from '../../../ir/external.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { Service } from '../../../ir/service.ts';
import type { Json } from '../../artifact.ts';
import { headersOfRoutes } from '../../envoy-filters/read-headers.ts';
import { callerCondition, namespaceCondition } from '../caller.ts';
import type { ClusterSet } from '../cluster-set.ts';
import { failureHeaders } from '../failure-marks.ts';
import { refusedHeaders } from '../refused-requests.ts';
import type { Scope } from '../scopes.ts';
import { typed } from '../typed-config.ts';
import { domainsOf, qualifiedNames, requestPorts } from './domain-names.ts';
import { claimExternals } from './external-hosts.ts';
import { type Claim, closedBy, HostClaims } from './host-claims.ts';
import type { RouteContext } from './route-context.ts';
import { claimUnknownHosts } from './unknown-hosts.ts';
import { hostRoutes, virtualHost } from './virtual-host.ts';

/** The name of the RouteConfiguration that outbound listeners request. */
export const outboundRoutesName = 'outbound';

/** Returns the routes of the HTTP calls that the applications of a scope make: `Host` chooses service and port. */
export function outboundRoutes(ir: Ir, scope: Scope, clusters: ClusterSet): Json {
  const claims = new HostClaims();
  const namespaces = new Set(scope.members.map(({ service }) => service.namespace));
  for (const service of scope.services) claimService(ir, service, namespaces, clusters, claims);
  claimExternals(ir, scope.externals, undeclared(ir, scope), clusters, claims);
  if (ir.egress === 'allow') claimUnknownHosts(ir, scope, clusters, claims);
  const called = [...scope.services, ...scope.externals].flatMap(({ ports }) => ports);
  const refused = refusedHeaders(
    headersOfRoutes(
      ir,
      called.map(({ route }) => route),
    ),
  );
  return routeConfiguration(
    outboundRoutesName,
    claims.groups().map(({ name, domains, claims: parts }) =>
      virtualHost(
        name,
        domains,
        parts.map(({ routes }) => routes()),
      ),
    ),
    Object.keys(refused).length === 0 ? {} : { typed_per_filter_config: refused },
  );
}

/**
 * Returns the Externals that callers of the scope don't declare; if egress is allowed, their hosts must not count as
 * unknown.
 */
function undeclared(ir: Ir, scope: Scope): readonly External[] {
  if (ir.egress !== 'allow') return [];
  return Object.values(ir.externals).filter(
    (external) => external.from !== undefined && !scope.externals.includes(external),
  );
}

/** Returns a RouteConfiguration with every setting written explicitly. */
export function routeConfiguration(
  name: string,
  virtualHosts: readonly Json[],
  more: { readonly [key: string]: Json } = {},
): Json {
  return typed('envoy.config.route.v3.RouteConfiguration', {
    name,
    virtual_hosts: virtualHosts,
    validate_clusters: false,
    max_direct_response_body_size_bytes: 1_048_576,
    response_headers_to_remove: failureHeaders,
    ...more,
  });
}

/** Claims the names of a service: the qualified names everywhere, the bare name in its own namespace. */
function claimService(
  ir: Ir,
  service: Service,
  namespaces: ReadonlySet<string>,
  clusters: ClusterSet,
  claims: HostClaims,
): void {
  const shared = namespaces.size > 1;
  for (const port of requestPorts(service.ports)) {
    const names = [service.name, ...qualifiedNames(service)];
    const context: RouteContext = {
      ir,
      port: port.number,
      names,
      scheme: 'http',
      caller: callerCondition,
      cluster: (backend) => clusters.name(backend),
      mark: (backend) => clusters.mark(backend),
    };
    const key = `${service.id}:${port.name}`;
    const everywhere: Claim = { key, guarded: false, routes: () => hostRoutes(port.route, context) };
    const guard = namespaceCondition(ir.trustDomain, service.namespace);
    const inside: Claim = {
      key: `${key} in ${service.namespace}`,
      guarded: true,
      routes: () => closedBy(guard, hostRoutes(port.route, { ...context, guard })),
    };
    for (const name of qualifiedNames(service))
      for (const domain of domainsOf(name, port, service.ports)) claims.add(domain, everywhere);
    if (!namespaces.has(service.namespace)) continue;
    const bare = shared ? inside : everywhere;
    for (const domain of domainsOf(service.name, port, service.ports)) claims.add(domain, bare);
  }
}
