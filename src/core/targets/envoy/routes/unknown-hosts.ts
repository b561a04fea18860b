import type { External, ExternalPort } from '../../../ir/external.ts';
import type { Ir } from '../../../ir/ir.ts';
import type { Service } from '../../../ir/service.ts';
import { quoteRegex } from '../../../lib/quote-regex.ts';
import { defaultPort } from '../../../semantics/port.ts';
import { namespaceCondition } from '../caller.ts';
import type { ClusterSet } from '../cluster-set.ts';
import { duration } from '../duration.ts';
import type { Scope } from '../scopes.ts';
import type { Fields } from '../typed-config.ts';
import { qualifiedNames, requestPorts } from './domain-names.ts';
import { type Claim, catchAll, type HostClaims, noRoutes } from './host-claims.ts';

/**
 * Claims hosts that the mesh doesn't name, if egress is allowed. Names of the mesh that lead nowhere stay 404: a
 * missing port, or a service that is hidden from the caller.
 */
export function claimUnknownHosts(ir: Ir, scope: Scope, clusters: ClusterSet, claims: HostClaims): void {
  const action = { route: { cluster: clusters.unknownHosts(), timeout: duration(ir.unknownHostTimeout) } };
  const unknown: Claim = {
    key: 'unknown-hosts',
    guarded: false,
    routes: () => catchAll('unknown-hosts', {}, action),
  };
  claimNowhere(ir, scope, claims);
  claims.addBehind(unknown);
  for (const claim of wideHosts(ir, scope)) claims.add('*', claim);
  claims.add('*', unknown);
}

function claimNowhere(ir: Ir, { members, services, hidden, externals }: Scope, claims: HostClaims): void {
  const namespaces = new Set(members.map(({ service }) => service.namespace));
  for (const service of [...services, ...hidden]) {
    const everywhere = nowhere('nowhere', undefined);
    for (const name of qualifiedNames(service)) {
      if (!claims.has(name)) claims.add(name, everywhere);
      claims.add(`${name}:*`, everywhere);
    }
    if (!namespaces.has(service.namespace)) continue;
    const bare = namespaces.size === 1 ? everywhere : nowhereIn(ir, service);
    if (defaultPort(service.ports) === undefined) claims.add(service.name, bare);
    claims.add(`${service.name}:*`, bare);
  }
  for (const { hosts, ports } of [...externals, ...restricted(ir)])
    for (const host of hosts) claimHost(host, ports, claims);
}

/**
 * Claims the names of an External, which don't count as unknown hosts even on ports that it doesn't have, or for
 * callers that it refuses.
 */
function claimHost(host: string, ports: readonly ExternalPort[], claims: HostClaims): void {
  const everyone = nowhere('nowhere', undefined);
  for (const domain of [host, ...requestPorts(ports).map(({ number }) => `${host}:${String(number)}`)])
    if (claims.has(domain)) claims.add(domain, everyone);
  if (!host.startsWith('*')) claims.add(`${host}:*`, everyone);
}

function restricted(ir: Ir): readonly External[] {
  return Object.values(ir.externals).filter(({ from }) => from !== undefined);
}

/**
 * Returns claims for `*.` hosts with a port that the External doesn't have, which the domain of a virtual host can't
 * express.
 */
function wideHosts(ir: Ir, { externals }: Scope): readonly Claim[] {
  return [...new Set([...externals, ...restricted(ir)])].flatMap(({ id, hosts }) => {
    const suffixes = hosts.filter((host) => host.startsWith('*.')).map((host) => quoteRegex(host.slice(1)));
    if (suffixes.length === 0) return [];
    const regex = `(?i).+(${suffixes.join('|')})(:[^:]*)?`;
    return [
      nowhere(`${id} nowhere`, {
        headers: [{ name: ':authority', string_match: { safe_regex: { regex } } }],
      }),
    ];
  });
}

function nowhereIn({ trustDomain }: Ir, { namespace }: Service): Claim {
  return nowhere(`nowhere in ${namespace}`, namespaceCondition(trustDomain, namespace));
}

function nowhere(key: string, guard: Fields | undefined): Claim {
  if (guard === undefined) return { key, guarded: false, routes: () => noRoutes };
  return { key, guarded: true, routes: () => catchAll(key, guard, { direct_response: { status: 404 } }) };
}
