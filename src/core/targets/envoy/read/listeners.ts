import { defined, unlessEmpty } from '../../../import/defined.ts';
import { dnsLabel } from '../../../import/dns-label.ts';
import type { Field } from '../../../import/field.ts';
import { isHostPattern } from '../../../import/written-values.ts';
import type { Listener } from '../../../spec/types.gen.ts';
import { account, idle, lost, type Rest, wider } from './account.ts';
import { readTransport, type Transport } from './downstream-tls.ts';
import { readAddress } from './endpoints.ts';
import { type HttpManager, readHttpManager } from './http-connections.ts';
import { bothOf, type ReadAccess, readHttpFilters, withRbac } from './http-filters.ts';
import { extension } from './messages.ts';
import type { Resource, Resources } from './resources.ts';

/** A chain of a listener that the spec has a form for. */
export interface ReadListener {
  readonly resource: Resource;
  /** The name in the Gateway. */
  readonly name: string;
  readonly listener: Listener;
  readonly access: ReadAccess;
  /** The routes of requests; absent for connections. */
  readonly manager?: HttpManager;
  /** The filter that passes connections on. */
  readonly stream?: Field;
}

const own = 'it sets up the socket, and changes no call';

const listenerRest: Readonly<Record<string, Rest>> = {
  '@type': idle('it names the message'),
  access_log: lost('connections are not logged'),
  additional_addresses: lost('nothing enters at these addresses'),
  api_listener: lost('programs with an Envoy of their own call nothing'),
  bind_to_port: idle(own),
  bypass_overload_manager: idle(own),
  connection_balance_config: idle(own),
  continue_on_listener_filters_timeout: idle(own),
  drain_type: idle(own),
  enable_mptcp: idle(own),
  enable_reuse_port: idle(own),
  freebind: idle(own),
  ignore_global_conn_limit: idle(own),
  listener_filters_timeout: idle(own),
  max_connections_to_accept_per_socket_event: idle(own),
  metadata: idle('metadata is for other tools'),
  per_connection_buffer_limit_bytes: idle(own),
  reuse_port: idle(own),
  socket_options: idle(own),
  stat_prefix: idle('it names counters'),
  tcp_backlog_size: idle(own),
  tcp_fast_open_queue_length: idle(own),
  tcp_keepalive: idle(own),
  traffic_direction: idle('every listener is one of a gateway in the spec'),
  transparent: lost('callers keep no address of their own'),
  use_original_dst: lost('connections are not handed to other listeners'),
};

/** Reads the listeners of all documents. */
export function readListeners(
  { listeners, secrets }: Resources,
  trustDomain: string,
): readonly ReadListener[] {
  const names = new Map<string, Set<string>>();
  return listeners.flatMap((resource) => readListener(resource, { secrets, trustDomain, names }));
}

interface ListenerContext {
  readonly secrets: readonly Resource[];
  readonly trustDomain: string;
  readonly names: Map<string, Set<string>>;
}

function readListener(resource: Resource, context: ListenerContext): readonly ReadListener[] {
  const { field } = resource;
  account(field, listenerRest);
  const name = field.at('name').text() ?? '';
  const address = readAddress(field.at('address'));
  if (address === undefined || field.at('filter_chain_matcher').isPresent) {
    field.lost({
      callers: 'nothing enters by this listener: the spec has ports of TCP, and chains by their server names',
    });
    return [];
  }
  const usesProxyProtocol = readListenerFilters(field.at('listener_filters'));
  const chains = [...field.at('filter_chains').items(), field.at('default_filter_chain')].filter(
    ({ isPresent }) => isPresent,
  );
  return chains.flatMap((chain, index) => {
    const base = dnsLabel(name) ?? `port-${String(address.port)}`;
    return readChain(chain, {
      ...context,
      resource,
      port: address.port,
      name: index === 0 ? base : `${base.slice(0, 59)}-${String(index + 1)}`,
      usesProxyProtocol,
    });
  });
}

/** Returns true if the address of a client stands in a header before the first bytes. */
function readListenerFilters(list: Field): boolean {
  let usesProxyProtocol = false;
  for (const item of list.items()) {
    const { kind } = extension(item);
    if (/proxy_protocol/i.test(kind)) {
      usesProxyProtocol = true;
      item.withoutEffect('the spec says where the address of a client stands');
    } else if (/tls_inspector|http_inspector/i.test(kind))
      item.withoutEffect('chains are told apart by their server names');
    else if (/original_dst|original_src/i.test(kind))
      item.lost({ callers: 'addresses of connections are those of the sockets' });
    else
      item.lost(
        wider(
          `the reader does not know the filter ${kind}, which may refuse connections`,
          'a connection that the filter refuses',
        ) as { callers: string },
      );
  }
  return usesProxyProtocol;
}

interface ChainContext extends ListenerContext {
  readonly resource: Resource;
  readonly port: number;
  readonly name: string;
  readonly usesProxyProtocol: boolean;
}

function readChain(chain: Field, context: ChainContext): readonly ReadListener[] {
  chain.at('name').withoutEffect('the name of a chain stands in logs alone');
  account(chain, {
    metadata: idle('metadata is for other tools'),
    transport_socket_connect_timeout: idle('it ends connections without a handshake'),
    use_proxy_proto: lost('the address of a client is that of its connection'),
  });
  const hostnames = readChainMatch(chain.at('filter_chain_match'), context.port);
  const transport = readTransport(chain.at('transport_socket'), context.secrets);
  if (hostnames === undefined || transport.type === 'unknown') {
    chain.lost({
      callers: 'nothing enters by this chain: the spec has no form for its conditions or its transport',
    });
    return [];
  }
  return readFilters(chain, context, hostnames, transport);
}

/** Returns the server names of a chain; undefined for other conditions, which the spec can't say. */
function readChainMatch(match: Field, port: number): readonly string[] | undefined {
  if (!match.isPresent) return [];
  const names = (match.at('server_names').texts() ?? []).map((one) => one.toLowerCase());
  account(match, {
    transport_protocol: idle('the protocol of the listener says it'),
    application_protocols: idle('the protocol of the listener says it'),
  });
  const isPort = (match.at('destination_port').number() ?? port) === port;
  const others = [
    'address_suffix',
    'suffix_len',
    'direct_source_prefix_ranges',
    'prefix_ranges',
    'source_ports',
    'source_prefix_ranges',
    'source_type',
  ];
  return isPort && names.every(isHostPattern) && others.every((name) => !match.at(name).isPresent)
    ? names
    : undefined;
}

function readFilters(
  chain: Field,
  { resource, port, name: native, trustDomain, names, usesProxyProtocol }: ChainContext,
  hostnames: readonly string[],
  transport: Exclude<Transport, { type: 'unknown' }>,
): readonly ReadListener[] {
  const name = freeName(native, resource, names);
  let access: ReadAccess = { rules: [], closes: false };
  let stream: Field | undefined;
  const pending: Field[] = [];
  const filters = chain.at('filters').items();
  const isHttp = (filter: Field): boolean => extension(filter).kind.endsWith('HttpConnectionManager');
  const http = filters.find(isHttp);
  const manager = http && readHttpManager(extension(http).config);
  const common = { port, trustDomain };
  for (const filter of filters) {
    const { kind, config } = extension(filter);
    if (manager !== undefined && filter === http) {
      const place = { ...common, clientAddresses: clientAddresses(manager, usesProxyProtocol, true) };
      access = bothOf(access, readHttpFilters(manager.filters, place, name), config);
    } else if (kind.endsWith('TcpProxy')) stream = config;
    else if (/\brbac\b/i.test(kind)) {
      const place = { ...common, clientAddresses: clientAddresses(manager, usesProxyProtocol, false) };
      access = withRbac(access, config, place, name);
    } else pending.push(filter);
  }
  for (const filter of pending) markFilter(filter);
  const protocol = protocolOf(manager, stream, hostnames, transport);
  if (protocol === undefined) {
    chain.lost({
      callers:
        'nothing enters by this chain: the spec has listeners of HTTP, of TLS by its server name, and of TCP',
    });
    return [];
  }
  const hops = manager?.hops ?? 0;
  const listener: Listener = {
    port,
    protocol,
    ...defined({ hostnames: unlessEmpty(hostnames) }),
    ...(usesProxyProtocol
      ? { clientAddress: 'proxyProtocol' as const }
      : hops > 0
        ? { clientAddress: { forwarded: hops } }
        : {}),
    ...(transport.type === 'tls' && { tls: transport.tls }),
  };
  return [{ resource, name, listener, access, ...defined({ manager, stream }) }];
}

/**
 * Returns the kinds of addresses in rules of access that are the client's address as the listener of the spec has it: that
 * of the connection, or the one that the PROXY protocol tells. None is if x-forwarded-for tells the client.
 */
function clientAddresses(
  manager: HttpManager | undefined,
  usesProxyProtocol: boolean,
  isHttp: boolean,
): readonly string[] {
  if ((manager?.hops ?? 0) > 0) return [];
  return [
    'source_ip',
    // The physical peer, which is the last proxy where the PROXY protocol is used.
    ...(usesProxyProtocol ? [] : ['direct_remote_ip']),
    ...(isHttp && manager?.isPeerClient !== true ? [] : ['remote_ip']),
  ];
}

function protocolOf(
  manager: HttpManager | undefined,
  stream: Field | undefined,
  hostnames: readonly string[],
  { type }: Transport,
): Listener['protocol'] | undefined {
  if (manager !== undefined) return type === 'tls' ? 'https' : hostnames.length === 0 ? 'http' : undefined;
  if (stream === undefined || type === 'tls') return undefined;
  return hostnames.length > 0 ? 'tls' : 'tcp';
}

function markFilter(filter: Field): void {
  const kind = filter.along('typed_config', '@type').value ?? filter.at('name').value;
  const known = typeof kind === 'string' ? kind : '';
  if (/local_?ratelimit|connection_limit/i.test(known))
    filter.lost({ callers: 'connections over the limit are taken' });
  else if (/set_filter_state|echo|sni_cluster/i.test(known))
    filter.lost({ callers: 'what the filter does is not in the spec' });
  else
    filter.lost({
      callers: 'the filter is not in the spec, and may refuse connections',
      witness: 'a connection that the filter refuses',
      access: 'wider',
    });
}

function freeName(base: string, { document }: Resource, names: Map<string, Set<string>>): string {
  const key = document.location.file;
  const taken = names.get(key) ?? new Set<string>();
  names.set(key, taken);
  const wanted = /^[a-z]/.test(base) ? base : `l-${base}`.slice(0, 63);
  let name = wanted;
  for (let count = 2; taken.has(name); count += 1) name = `${wanted.slice(0, 57)}-${String(count)}`;
  taken.add(name);
  return name;
}
