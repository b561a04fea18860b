import type { Ir } from '../../ir/ir.ts';
import type { Backend, Route, Rule } from '../../ir/route.ts';
import type { Json } from '../artifact.ts';
import { accessLogs } from './access-log.ts';
import type { ClusterSet } from './cluster-set.ts';
import { duration } from './duration.ts';
import { type Fields, extension } from './typed-config.ts';

/** Rules of a tls or tcp port as filter chains: what none takes has no chain, and the connection is closed. */
export function streamChains(
  route: Route,
  takes: (rule: Rule['matches'][number]) => boolean,
  chain: (rule: Rule) => readonly Json[],
): readonly Json[] {
  const taken: string[] = [];
  const chains: Json[] = [];
  for (const rule of route.rules) {
    const matches = rule.matches.filter(takes);
    if (rule.matches.length > 0 && matches.length === 0) continue;
    const everything = rule.matches.length === 0 || matches.some(({ sni }) => sni === undefined);
    const names = matches.flatMap(({ sni }) => sni ?? []).filter((name) => !taken.some((wider) => covers(wider, name)));
    const open = [...new Set(names)];
    if (everything) return [...chains, { filters: chain(rule) }];
    if (open.length > 0) chains.push({ filter_chain_match: { server_names: open }, filters: chain(rule) });
    taken.push(...open);
  }
  return chains;
}

/** The network filter that sends connections to backends by weight; none where nothing gets a share, which closes. */
export function streamProxy(ir: Ir, name: string, backends: readonly Backend[], clusters: ClusterSet, host?: string): readonly Json[] {
  const sharing = backends.filter(({ weight }) => weight > 0);
  const [only] = sharing;
  if (only === undefined) return [];
  const weighted = { clusters: sharing.map((backend) => ({ name: clusters.name(backend, host), weight: backend.weight })) };
  const target: Fields = sharing.length === 1 ? { cluster: clusters.name(only, host) } : { weighted_clusters: weighted };
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

/** Whether every server name that `name` takes is taken by `wider`. */
function covers(wider: string, name: string): boolean {
  return wider === name || (wider.startsWith('*.') && name.endsWith(wider.slice(1)));
}
