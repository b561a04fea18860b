import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import type { ReadDocument } from '../../../import/read-document.ts';
import type { Backend, RouteRule } from '../../../spec/types.gen.ts';
import { account, idle, lost } from './account.ts';
import type { ReadListener } from './listeners.ts';
import type { Resource, Resources } from './resources.ts';
import { type FindService } from './route-actions.ts';
import { namespace, type Upstreams } from './upstreams.ts';
import { type ReadHost, readRouteConfiguration } from './virtual-hosts.ts';

/** Returns the Routes of a Gateway: one for each virtual host of each listener, and one for each listener of connections. */
export function readRoutes(
  gateway: string,
  listeners: readonly ReadListener[],
  { routes }: Resources,
  upstreams: Upstreams,
): readonly ReadDocument[] {
  const names = new Set<string>();
  return listeners.flatMap((one): readonly ReadDocument[] => {
    const find: FindService = (cluster) => upstreams.find(cluster, one.resource)?.name;
    if (one.stream !== undefined) return streamRoute(one, one.stream, gateway, find, names);
    const config = configurationOf(one, routes);
    return config === undefined
      ? []
      : readRouteConfiguration(config, find).flatMap((host) =>
          hostRoute(host, one, { gateway, isOnly: listeners.length === 1, names }),
        );
  });
}

function configurationOf(
  { manager, resource }: ReadListener,
  routes: readonly Resource[],
): Field | undefined {
  const own = manager?.routes;
  if (own === undefined || typeof own !== 'string') return own;
  const named = routes.filter(({ field }) => field.at('name').value === own);
  const found = named.find(({ document }) => document === resource.document) ?? named[0];
  if (found === undefined)
    resource.field
      .at('name')
      .lost({ callers: `the routes ${own} are not among the input: requests get 404` });
  return found?.field;
}

interface HostContext {
  readonly gateway: string;
  readonly isOnly: boolean;
  readonly names: Set<string>;
}

function hostRoute(
  host: ReadHost,
  { name: listener }: ReadListener,
  { gateway, isOnly, names }: HostContext,
): readonly ReadDocument[] {
  if (host.needsTls)
    host.field
      .at('require_tls')
      .differently({ callers: 'requests without TLS are answered with a redirect by a rule' });
  const rules = host.needsTls
    ? [{ redirect: { scheme: 'https' as const, status: 301 as const } }]
    : host.rules;
  if (rules.length === 0) return [];
  return [
    {
      kind: 'Route',
      namespace,
      name: freeName(`${gateway}-${host.name}`, names),
      spec: {
        gateways: [gateway],
        ...(host.hostnames.length > 0 && { hostnames: host.hostnames }),
        rules: isOnly ? rules : rules.map((rule) => atListener(rule, listener)),
      },
      from: [host.field],
    },
  ];
}

/** Rules of a gateway with several listeners hold for one of them. */
function atListener(rule: RouteRule, port: string): RouteRule {
  return { ...rule, match: (rule.match ?? [{}]).map((match) => ({ ...match, port })) };
}

function streamRoute(
  { name: listener, listener: { hostnames = [] } }: ReadListener,
  proxy: Field,
  gateway: string,
  find: FindService,
  names: Set<string>,
): readonly ReadDocument[] {
  const backends = streamBackends(proxy, find);
  account(proxy, {
    '@type': idle('it names the message'),
    access_log: lost('connections are not logged'),
    access_log_options: idle('it logs'),
    access_log_flush_interval: idle('it logs'),
    backoff_options: lost('a connection that fails is not tried again'),
    downstream_idle_timeout: lost('silent connections end after the time of the service'),
    flush_access_log_on_connected: idle('it logs'),
    hash_policy: lost('callers are not kept on one instance'),
    idle_timeout: lost('silent connections end after the time of the service'),
    max_connect_attempts: lost('a connection that fails is not tried again'),
    max_downstream_connection_duration: lost('connections have no longest time'),
    metadata_match: lost('subsets of instances are not told apart: write versions'),
    on_demand: idle('the cluster is there'),
    stat_prefix: idle('it names counters'),
    tunneling_config: lost('connections are passed on as they are'),
    upstream_idle_timeout: lost('silent connections end after the time of the service'),
  });
  if (backends.length === 0) return [];
  const match = { port: listener, ...(hostnames.length > 0 && { sni: hostnames }) };
  return [
    {
      kind: 'Route',
      namespace,
      name: freeName(`${gateway}-${listener}`, names),
      spec: { gateways: [gateway], rules: [{ match: [match], backends }] },
      from: [proxy],
    },
  ];
}

function streamBackends(proxy: Field, find: FindService): readonly Backend[] {
  const one = proxy.at('cluster');
  const name = one.text();
  const items = proxy.along('weighted_clusters', 'clusters').items();
  const named = [
    ...(name === undefined ? [] : [{ field: one, name, weight: undefined }]),
    ...items.map((item) => ({
      field: item,
      name: item.at('name').text() ?? '',
      weight: item.at('weight').number(),
    })),
  ];
  return named.flatMap(({ field, name: cluster, weight }): readonly Backend[] => {
    const service = find(cluster);
    if (service === undefined)
      field.lost({ callers: 'the cluster is not among the input: these connections are closed' });
    return service === undefined ? [] : [{ service, ...(weight === undefined ? {} : { weight }) }];
  });
}

function freeName(text: string, names: Set<string>): string {
  const base = dnsLabel(text) ?? 'route';
  let name = base;
  for (let count = 2; names.has(name); count += 1) name = `${base.slice(0, 57)}-${String(count)}`;
  names.add(name);
  return name;
}
