import type { Field } from '../../../../import/field.ts';
import { type Caller, type ReadRules, readIdentity, readPolicies } from './access.ts';
import { type ReadManager, readManager } from './connection-manager.ts';
import { extensionForm, hole, maybe } from './forms.ts';
import { oneIdentity } from './one-identity.ts';
import { listenAddress } from './proxies.ts';
import type { Reading } from './reading.ts';
import { streamRules } from './stream-access.ts';
import { readDownstream } from './tls.ts';

/** One port of a service as the listener of one of its instances shows it. */
export interface ReadInbound {
  readonly port: string;
  /** The address at which the proxy listens. */
  readonly address: string;
  /** The address of the application; absent if it has a name, which the bootstrap has. */
  readonly app: string | undefined;
  readonly mode: 'strict' | 'permissive' | 'disabled';
  /** Trust domains of callers. */
  readonly domains: readonly string[];
  /** The manager of requests; absent on ports where connections are passed on. */
  readonly manager?: ReadManager;
  /** The manager of requests without TLS, where both are taken. */
  readonly plainManager?: ReadManager;
  /** The rules for connections; absent on ports of requests. */
  readonly stream?: ReadRules;
  /** True if the chain for health checks is there. */
  readonly health?: Field;
  readonly field: Field;
}

const inspector = extensionForm(
  'envoy.filters.listener.tls_inspector',
  'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector',
  {},
);

/** Reads the listener of a port. */
export function readInbound(reading: Reading, listener: Field, id: string, isHttp: boolean): ReadInbound {
  const got = reading.take(listener, {
    '@type': hole('type'),
    name: hole('name'),
    address: hole('address'),
    traffic_direction: 'INBOUND',
    listener_filters: maybe('inspection'),
    listener_filters_timeout: maybe('timeout'),
    continue_on_listener_filters_timeout: maybe('continue'),
    filter_chains: hole('chains'),
    default_filter_chain: maybe('plain'),
  });
  const port = (got.name.text() ?? '').slice('inbound/'.length);
  const { health, only, isPlain } = chainsOf(reading, got.chains);
  const mode = got.plain.isPresent ? 'permissive' : isPlain ? 'disabled' : 'strict';
  const isInspected = mode === 'permissive' || health !== undefined;
  checkInspection(reading, got, isInspected, isHttp);
  const place = { reading, id, port, isHttp };
  const first =
    only && (isPlain ? readPlain(place, only) : readMesh(place, only, matchOf(mode, isHttp, isInspected)));
  const second = got.plain.isPresent ? readPlain(place, got.plain) : undefined;
  return {
    port,
    address: listenAddress(reading, got.address),
    mode,
    field: listener,
    app: first?.app ?? second?.app,
    domains: first?.domains ?? [],
    ...(health && { health }),
    ...(isHttp
      ? managersOf(reading, port, { first, second, listener })
      : { stream: streamRules(reading, mode, first, second, listener) }),
  };
}

/** Returns the chain for health checks, and the one for calls. */
function chainsOf(
  reading: Reading,
  list: Field,
): { readonly health: Field | undefined; readonly only: Field | undefined; readonly isPlain: boolean } {
  const chains = [...list.items()];
  const health = chains[0]?.at('name').value === 'health' ? chains.shift() : undefined;
  const only = chains.shift();
  for (const more of chains) reading.report(more, 'no further chain');
  return { health, only, isPlain: only !== undefined && !only.at('transport_socket').isPresent };
}

/** The first bytes are looked at where they tell callers apart, and for a short time where a server may speak first. */
function checkInspection(
  reading: Reading,
  got: Readonly<Record<'inspection' | 'timeout' | 'continue', Field>>,
  isInspected: boolean,
  isHttp: boolean,
): void {
  if (isInspected) reading.take(got.inspection, [inspector]);
  else if (got.inspection.isPresent) reading.report(got.inspection, 'no such field');
  if (isInspected && !isHttp) {
    reading.take(got.timeout, '1s');
    reading.take(got.continue, true);
    return;
  }
  for (const field of [got.timeout, got.continue])
    if (field.isPresent) reading.report(field, 'no such field');
}

/** Returns the managers of calls with TLS and without, which do the same. */
function managersOf(
  reading: Reading,
  port: string,
  {
    first,
    second,
    listener,
  }: { readonly first: Content | undefined; readonly second: Content | undefined; readonly listener: Field },
): Pick<ReadInbound, 'manager' | 'plainManager'> {
  const managed = first?.manager;
  const chains = listener.at('filter_chains');
  if (managed === undefined) reading.report(chains, 'a manager of requests');
  if (second !== undefined && !isSameContent(managed, second.manager))
    reading.disagree(`calls with and without TLS at ${port}`, chains, listener.at('default_filter_chain'));
  return {
    ...(managed && { manager: managed }),
    ...(second?.manager && { plainManager: second.manager }),
  };
}

function matchOf(mode: ReadInbound['mode'], isHttp: boolean, isInspected: boolean) {
  if (!isInspected) return undefined;
  return mode === 'permissive' && !isHttp
    ? ({ transport_protocol: 'tls', application_protocols: ['mesh'] } as const)
    : ({ transport_protocol: 'tls' } as const);
}

interface Place {
  readonly reading: Reading;
  readonly id: string;
  readonly port: string;
  readonly isHttp: boolean;
}

export interface Content {
  readonly app: string | undefined;
  readonly domains: readonly string[];
  readonly manager?: ReadManager;
  readonly rules?: ReadRules;
  /** The identities that may connect; absent if all may. */
  readonly callers?: readonly Caller[];
  /** False if the chain closes connections. */
  readonly isOpen: boolean;
}

function isSameContent(one: ReadManager | undefined, other: ReadManager | undefined): boolean {
  const text = (manager: ReadManager | undefined): string =>
    JSON.stringify(
      manager && [manager.routesPath, manager.routesName, manager.filters.map(({ value }) => value)],
    );
  return text(one) === text(other);
}

function readMesh(place: Place, chain: Field, match: ReturnType<typeof matchOf>): Content {
  const { reading, isHttp } = place;
  const got = reading.take(chain, {
    name: 'mesh',
    filters: hole('filters'),
    transport_socket: hole('socket'),
    transport_socket_connect_timeout: '15s',
    ...(match && { filter_chain_match: match }),
  });
  const tls = readDownstream(reading, got.socket);
  const wanted = isHttp ? 'h2,http/1.1' : 'mesh';
  if (tls.alpn.join() !== wanted) reading.report(got.socket, `the protocols ${wanted}`);
  if (isHttp && tls.callers.length > 0) reading.report(got.socket, 'every identity of the mesh');
  const filters = [...got.filters.items()];
  const first = filters.shift();
  if (first === undefined) reading.report(got.filters, 'a check of the number of identities');
  else reading.take(first, oneIdentity);
  const callers = tls.callers.map((one) => readIdentity({ reading, headers: new Set() }, one));
  return {
    ...readFilters(place, got.filters, filters, true),
    domains: tls.domains,
    ...(callers.length > 0 && { callers }),
  };
}

function readPlain(place: Place, chain: Field): Content {
  const { filters } = place.reading.take(chain, { name: 'plain', filters: hole('filters') });
  const items = [...filters.items()];
  if (items.length === 0) return { app: undefined, domains: [], isOpen: false };
  return { ...readFilters(place, filters, items, false), domains: [] };
}

/** Reads what a chain does with connections: where the application is, and the manager or the rules. */
function readFilters(
  { reading, id, port, isHttp }: Place,
  list: Field,
  filters: Field[],
  isMesh: boolean,
): Content {
  const app = readApp(reading, filters);
  if (isHttp) {
    const [manager, ...others] = filters;
    for (const other of others) reading.report(other, 'no further filter');
    if (manager === undefined) {
      reading.report(list, 'a manager of requests');
      return { app, domains: [], isOpen: false };
    }
    const place = { stats: `inbound/${port}`, isEdge: false, marksFailures: true, notesClient: false };
    return { app, domains: [], isOpen: true, manager: readManager(reading, manager, place) };
  }
  const rules = readStreamRules(reading, filters);
  const proxy = filters.shift();
  if (proxy === undefined) reading.report(list, 'a filter that passes connections on');
  else readProxy(reading, proxy, id, port, isMesh);
  for (const other of filters) reading.report(other, 'no further filter');
  return { app, domains: [], isOpen: true, rules };
}

const state = 'envoy.extensions.filters.network.set_filter_state.v3.Config';

function readApp(reading: Reading, filters: Field[]): string | undefined {
  if (filters[0]?.at('name').value !== 'envoy.filters.network.set_filter_state') return undefined;
  const first = filters.shift() as Field;
  const { app } = reading.take(
    first,
    extensionForm('envoy.filters.network.set_filter_state', state, {
      on_new_connection: [
        {
          object_key: 'envoy.network.transport_socket.original_dst_address',
          format_string: { text_format_source: { inline_string: hole('app') } },
        },
      ],
    }),
  );
  return app.text();
}

/** Reads the rules of filters of connections, and takes these filters out of the list. */
export function readStreamRules(
  reading: Reading,
  filters: Field[],
  more: Partial<Parameters<typeof readPolicies>[0]> = {},
): ReadRules {
  const found: { closed: boolean; allow: ReadRules['allow']; deny: ReadRules['deny'] } = {
    closed: false,
    allow: new Map(),
    deny: new Map(),
  };
  for (const kind of ['deny', 'allow'] as const) {
    if (filters[0]?.at('name').value !== `access-${kind}`) continue;
    const filter = filters.shift() as Field;
    const { rules } = reading.take(
      filter,
      extensionForm(`access-${kind}`, 'envoy.extensions.filters.network.rbac.v3.RBAC', {
        stat_prefix: `${kind}.`,
        rules: hole('rules'),
      }),
    );
    found[kind] = readPolicies({ reading, headers: new Set(), ...more }, rules, kind);
    if (kind === 'allow') found.closed = true;
  }
  return found;
}

function readProxy(reading: Reading, proxy: Field, id: string, port: string, isMesh: boolean): void {
  const { log, cluster } = reading.take(
    proxy,
    extensionForm(
      'envoy.filters.network.tcp_proxy',
      'envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy',
      {
        stat_prefix: `inbound/${port}`,
        cluster: hole('cluster'),
        idle_timeout: '0s',
        ...(isMesh && {
          upstream_connect_mode: 'ON_DOWNSTREAM_TLS_HANDSHAKE',
          max_early_data_bytes: 65_536,
        }),
        access_log: hole('log'),
      },
    ),
  );
  reading.take(log, []);
  reading.application(cluster, id, port);
}
