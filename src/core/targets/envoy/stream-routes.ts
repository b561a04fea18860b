import type { Ir } from '../../ir/ir.ts';
import type { RouteMatch } from '../../ir/match.ts';
import type { Backend, Route, Rule } from '../../ir/route.ts';
import { append } from '../../lib/append.ts';
import type { Json } from '../artifact.ts';
import { accessLogs } from './access-log.ts';
import type { ClusterSet } from './cluster-set.ts';
import { duration } from './duration.ts';
import { serverNames } from './server-names.ts';
import { extension, type Fields } from './typed-config.ts';

/**
 * Returns the rules of a tls or tcp port as filter chains. Envoy chooses the chain with the most specific name,
 * whatever the order, so a name that an earlier rule matches is left out. `hostname` limits the names: a gateway's
 * virtual host alone decides about its names, and names without a rule get a chain without filters, which closes
 * connections.
 */
export function streamChains(
  route: Route,
  takes: (match: RouteMatch) => boolean,
  filters: (rule: Rule) => readonly Json[],
  hostname = '*',
): readonly Fields[] {
  const taken: string[] = [];
  const chains: Fields[] = [];
  for (const rule of route.rules) {
    const matches = rule.matches.filter(takes);
    if (rule.matches.length > 0 && matches.length === 0) continue;
    const everything = rule.matches.length === 0 || matches.some(({ sni }) => sni === undefined);
    const names = everything
      ? [hostname]
      : matches.flatMap(({ sni }) => sni ?? []).flatMap((name) => narrower(name, hostname));
    const open = [...new Set(names)].filter((name) => !taken.some((wider) => covers(wider, name)));
    if (open.length > 0) chains.push({ ...named(open), filters: filters(rule) });
    append(taken, open);
  }
  return hostname === '*' || taken.includes(hostname)
    ? chains
    : [...chains, { ...named([hostname]), filters: [] }];
}

/** Returns the names that two names share, as a name; an empty list if they share none. */
function narrower(name: string, other: string): readonly string[] {
  if (covers(other, name)) return [name];
  return covers(name, other) ? [other] : [];
}

/**
 * Returns the network filter that forwards connections to backends by weight; none if no backend has a share, which
 * closes connections.
 */
export function streamProxy(
  ir: Ir,
  name: string,
  backends: readonly Backend[],
  clusters: ClusterSet,
  host?: string,
): readonly Json[] {
  const sharing = backends.filter(({ weight }) => weight > 0);
  const [only] = sharing;
  if (only === undefined) return [];
  const weighted = {
    clusters: sharing.map((backend) => ({ name: clusters.name(backend, host), weight: backend.weight })),
  };
  const target: Fields =
    sharing.length === 1 ? { cluster: clusters.name(only, host) } : { weighted_clusters: weighted };
  const settings = (ir.services[only.service] ?? ir.externals[only.service])?.settings;
  return [
    extension('envoy.filters.network.tcp_proxy', 'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy', {
      stat_prefix: name,
      ...target,
      idle_timeout: duration(settings?.connections.idleTimeout ?? 3_600_000),
      max_connect_attempts: 1,
      access_log: accessLogs(ir),
    }),
  ];
}

function named(names: readonly string[]): Fields {
  return names.includes('*') ? {} : serverNames(names);
}

/** Returns true if `wider` covers every server name that `name` covers. */
function covers(wider: string, name: string): boolean {
  return wider === '*' || wider === name || (wider.startsWith('*.') && name.endsWith(wider.slice(1)));
}
