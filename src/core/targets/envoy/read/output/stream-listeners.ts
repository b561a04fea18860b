import type { Field } from '../../../../import/field.ts';
import type { ReadDocument } from '../../../../import/read-document.ts';
import type { Backend, RouteRule } from '../../../../spec/types.gen.ts';
import type { FindBackend } from './actions.ts';
import { extensionForm, hole, maybe, optional } from './forms.ts';
import { listenAddress } from './proxies.ts';
import type { Reading } from './reading.ts';
import type { ReadService } from './services.ts';
import { readTime } from './values.ts';

/** A listener of calls of one application to a port that isn't HTTP. */
export interface ReadStream {
  /** The instance that calls. */
  readonly proxy: string;
  readonly identity: string;
  /** The service and port that are called. */
  readonly id: string;
  readonly port: string;
  readonly address: string;
  readonly rules: readonly RouteRule[];
  readonly idleTimeouts: readonly string[];
  readonly field: Field;
}

const inspector = extensionForm(
  'envoy.filters.listener.tls_inspector',
  'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector',
  {},
);

/** Reads the listeners of calls that are no requests. */
export function readStreams(
  reading: Reading,
  services: readonly ReadService[],
  find: FindBackend,
): readonly ReadStream[] {
  return services.flatMap(({ instances }) =>
    instances.flatMap(({ streams, proxy, outbound }) =>
      streams.map(
        (field): ReadStream => ({
          proxy: proxy.id,
          identity: outbound?.identity ?? '',
          ...readStream(reading, field, find),
        }),
      ),
    ),
  );
}

function readStream(
  reading: Reading,
  field: Field,
  find: FindBackend,
): Omit<ReadStream, 'proxy' | 'identity'> {
  const name = String(field.at('name').value);
  const [, namespace = '', service = '', port = ''] = name.split('/');
  const got = reading.take(field, {
    '@type': hole('type'),
    name,
    address: hole('address'),
    traffic_direction: 'OUTBOUND',
    listener_filters: maybe('filters'),
    listener_filters_timeout: maybe('timeout'),
    filter_chains: hole('chains'),
  });
  const chains = got.chains.items();
  if (got.filters.isPresent) {
    reading.take(got.filters, [inspector]);
    reading.take(got.timeout, '15s');
  } else if (chains.some((chain) => chain.at('filter_chain_match').isPresent) || got.timeout.isPresent)
    reading.report(field, 'a filter that reads the name of the server');
  const read = chains.map((chain) => readStreamChain(reading, chain, name, find));
  return {
    id: `${namespace}/${service}`,
    port,
    address: listenAddress(reading, got.address),
    rules: [...read].sort((one, other) => rankOf(other.names) - rankOf(one.names)).map(ruleOf),
    idleTimeouts: read.flatMap(({ idle }) => idle ?? []),
    field,
  };
}

/** A chain of connections; without backends it closes them. */
export interface ReadStreamChain {
  readonly names: readonly string[];
  readonly backends: readonly Backend[];
  readonly idle: string | undefined;
}

function readStreamChain(reading: Reading, chain: Field, name: string, find: FindBackend): ReadStreamChain {
  const { match, filters } = reading.take(chain, {
    filter_chain_match: maybe('match'),
    filters: hole('filters'),
  });
  const names = match.isPresent ? readServerNames(reading, match) : [];
  const [proxy, ...others] = filters.items();
  for (const other of others) reading.report(other, 'no further filter');
  return proxy === undefined
    ? { names, backends: [], idle: undefined }
    : { names, ...readTcpProxy(reading, proxy, name, find) };
}

/** Reads the names of servers that a chain takes, each also with a dot at its end. */
export function readServerNames(reading: Reading, match: Field): readonly string[] {
  const list = reading.take(match, { server_names: hole('names') }).names;
  const texts = list.texts() ?? [];
  const names = texts.filter((_text, index) => index % 2 === 0);
  if (texts.join() !== names.flatMap((one) => [one, `${one}.`]).join())
    reading.report(list, 'each name also with a dot at its end');
  return names;
}

/** Reads the filter that passes connections on to backends. */
export function readTcpProxy(
  reading: Reading,
  proxy: Field,
  name: string,
  find: FindBackend,
): Pick<ReadStreamChain, 'backends' | 'idle'> {
  const got = reading.take(
    proxy,
    extensionForm(
      'envoy.filters.network.tcp_proxy',
      'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy',
      {
        stat_prefix: name,
        cluster: maybe('cluster'),
        weighted_clusters: optional({ clusters: hole('clusters') }),
        idle_timeout: hole('idle'),
        max_connect_attempts: 1,
        access_log: [],
      },
    ),
  );
  if (got.cluster.isPresent === got.clusters.isPresent) reading.report(proxy, 'one destination');
  const backend = (field: Field): Omit<Backend, 'weight'> => {
    const found = find(field.text() ?? '');
    if (found === undefined) reading.report(field, 'the cluster of a service');
    return found ?? {};
  };
  const backends = got.clusters.isPresent
    ? got.clusters.items().map((one): Backend => {
        const { cluster, weight } = reading.take(one, { name: hole('cluster'), weight: hole('weight') });
        return { ...backend(cluster), weight: weight.number() ?? 0 };
      })
    : [backend(got.cluster)];
  return { backends, idle: readTime(reading, got.idle) };
}

/** The most specific name decides, whatever the order. */
export function rankOf(names: readonly string[]): number {
  return Math.max(-1, ...names.map((name) => (name.startsWith('*') ? name.length : 1000)));
}

export function ruleOf(
  { names, backends }: ReadStreamChain,
  _index = 0,
  all: readonly ReadStreamChain[] = [],
): RouteRule {
  const [any] = all.flatMap((one) => one.backends);
  return {
    ...(names.length > 0 && { match: [{ sni: names }] }),
    backends: backends.length === 0 ? [{ ...any, weight: 0 }] : backends,
  };
}

/** Returns the Routes of ports that aren't HTTP: rules that not all callers have are about those that have them. */
export function streamDocuments(streams: readonly ReadStream[]): readonly ReadDocument[] {
  const groups = new Map<string, ReadStream[]>();
  for (const stream of streams) {
    const key = `${stream.id} ${stream.port}`;
    groups.set(key, [...(groups.get(key) ?? []), stream]);
  }
  return [...groups.values()].flatMap((group): readonly ReadDocument[] => {
    const [first] = group;
    if (first === undefined) return [];
    const [namespace = '', service = ''] = first.id.split('/');
    const callers = new Map<string, Set<string>>();
    for (const { rules, identity } of group) {
      const key = JSON.stringify(rules);
      callers.set(key, (callers.get(key) ?? new Set()).add(identity));
    }
    const rules =
      callers.size === 1
        ? first.rules
        : sortedCallers(callers).flatMap(([text, identities], index) =>
            (JSON.parse(text) as readonly RouteRule[]).map((rule): RouteRule => {
              if (index === callers.size - 1) return rule;
              const from = [...identities].map((principal) => ({ principal }));
              return { ...rule, match: (rule.match ?? [{}]).map((match) => ({ ...match, from })) };
            }),
          );
    return [
      {
        kind: 'Route',
        namespace,
        name: `${service}-${first.port}`.slice(0, 63),
        spec: { service, ports: [first.port], rules },
        from: [],
        beside: first.id,
      },
    ];
  });
}

/** Rules of few callers come first; those of most are for all the others, which have no listener for such calls. */
function sortedCallers(
  callers: ReadonlyMap<string, ReadonlySet<string>>,
): readonly (readonly [string, ReadonlySet<string>])[] {
  const isOpen = (text: string): number => Number(!text.includes('"weight":0'));
  return [...callers].sort(
    ([text, one], [other, two]) => isOpen(text) - isOpen(other) || one.size - two.size,
  );
}
