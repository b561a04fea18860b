import type { Field } from '../../../../import/field.ts';
import type { Listener, RouteRule } from '../../../../spec/types.gen.ts';
import type { ReadRules as ReadAccess } from './access.ts';
import type { FindBackend } from './actions.ts';
import { readClientFilters } from './client-listeners.ts';
import { type ReadManager, readManager } from './connection-manager.ts';
import { extensionForm, hole, maybe } from './forms.ts';
import { readGatewayStreams } from './gateway-streams.ts';
import { type ReadGatewayTable, readGatewayTable } from './gateway-tables.ts';
import { readListenerTls } from './gateway-tls.ts';
import { accessFilters } from './inbound-routes.ts';
import { addressForm } from './proxies.ts';
import type { Reading } from './reading.ts';

/** One listener of a gateway, with the rules of its hosts. */
export interface ReadGatewayListener {
  readonly name: string;
  readonly listener: Listener;
  readonly address: string;
  readonly access: ReadAccess;
  /** Rules by host; `*` for every host. */
  readonly hosts: ReadonlyMap<string, readonly RouteRule[]>;
  /** The names of the Routes of the hosts. */
  readonly names: ReadonlyMap<string, string>;
  /** The path of the file with the routes; empty for connections. */
  readonly routes: string;
  readonly field: Field;
}

const inspector = extensionForm(
  'envoy.filters.listener.tls_inspector',
  'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector',
  {},
);

const proxyProtocol = extensionForm(
  'envoy.filters.listener.proxy_protocol',
  'envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol',
  {},
);

/** Reads a listener of a gateway's proxy: the listeners of the Gateway on one port. */
export function readGatewayListener(
  reading: Reading,
  field: Field,
  find: FindBackend,
): readonly ReadGatewayListener[] {
  const port = Number(/^gateway\/(\d+)$/.exec(String(field.at('name').value))?.[1] ?? 0);
  const got = reading.take(field, {
    '@type': hole('type'),
    name: `gateway/${String(port)}`,
    address: addressForm,
    traffic_direction: 'INBOUND',
    listener_filters: maybe('filters'),
    filter_chains: hole('chains'),
  });
  reading.take(got.port, port);
  const chains = got.chains.items();
  const isInspected = chains.some((chain) => chain.at('filter_chain_match').isPresent);
  const filters = got.filters.isPresent ? [...got.filters.items()] : [];
  const usesProxyProtocol = filters[0]?.at('name').value === 'envoy.filters.listener.proxy_protocol';
  if (usesProxyProtocol) reading.take(filters.shift() as Field, proxyProtocol);
  if (isInspected) {
    const inspection = filters.shift();
    if (inspection === undefined) reading.report(field, 'a filter that reads the name of the server');
    else reading.take(inspection, inspector);
  }
  for (const more of filters) reading.report(more, 'no further filter');
  const address = got.host.text() ?? '';
  const isAlone = chains.length === 1;
  const place = { port, address, usesProxyProtocol, isAlone, find };
  const named = chains.filter((chain) => chain.at('name').isPresent);
  const streams = chains.filter((chain) => !chain.at('name').isPresent);
  return [
    ...named.flatMap((chain) => readChain(reading, chain, place)),
    ...readGatewayStreams(reading, streams, place).map(
      ({ rules, ...read }): ReadGatewayListener => ({
        ...read,
        hosts: new Map([['*', rules]]),
        names: new Map(),
        routes: '',
      }),
    ),
  ];
}

interface ChainPlace {
  readonly port: number;
  readonly address: string;
  readonly usesProxyProtocol: boolean;
  readonly isAlone: boolean;
  readonly find: FindBackend;
}

function readChain(
  reading: Reading,
  chain: Field,
  { port, address, usesProxyProtocol, isAlone, find }: ChainPlace,
): readonly ReadGatewayListener[] {
  const name = chain.at('name').value;
  if (typeof name !== 'string' || name.endsWith('/mesh')) {
    reading.report(chain, 'a chain of requests, which this reader has a form for');
    return [];
  }
  const isTls = chain.at('transport_socket').isPresent;
  const got = reading.take(chain, {
    name,
    filters: [hole('manager')],
    ...(isTls && { transport_socket: hole('socket'), transport_socket_connect_timeout: '15s' }),
    filter_chain_match: maybe('match'),
  });
  const isEdge = got.manager.along('typed_config', 'request_headers_timeout').value === '60s';
  if (!isEdge) reading.report(chain, 'a gateway for calls from outside, which this reader has a form for');
  const manager = readManager(reading, got.manager, {
    stats: `gateway/${name}`,
    isEdge: true,
    marksFailures: false,
    notesClient: true,
  });
  readFilters(reading, manager, chain);
  if (manager.routesName !== name) reading.report(manager.rds, `the routes ${name}`);
  const hostnames = got.match.isPresent ? readNames(reading, got.match) : [];
  const tls = isTls ? readListenerTls(reading, (got as { socket: Field }).socket) : undefined;
  const table = readGatewayTable(reading, manager, {
    scheme: isTls ? 'https' : 'http',
    port,
    find,
    isAlone,
    hops: manager.hops,
    serverFilters: ['access-deny', 'access-allow'],
  });
  return [
    {
      name,
      address,
      listener: {
        port,
        protocol: isTls ? 'https' : 'http',
        ...hostnamesOf(table, hostnames),
        ...clientAddress(manager.hops, usesProxyProtocol),
        ...(tls && { tls }),
      },
      access: table.access,
      hosts: table.hosts,
      names: table.names,
      routes: manager.routesPath,
      field: chain,
    },
  ];
}

/** A listener that sends all requests to https does so for its hostnames alone, which its table has. */
function hostnamesOf(
  { redirects, hosts }: ReadGatewayTable,
  hostnames: readonly string[],
): Pick<Listener, 'hostnames' | 'httpsRedirect'> {
  if (!redirects) return hostnames.length > 0 ? { hostnames } : {};
  const names = [...hosts.keys()];
  return { httpsRedirect: true, ...(names.length > 0 && !hosts.has('*') && { hostnames: names }) };
}

function clientAddress(hops: number, usesProxyProtocol: boolean): Pick<Listener, 'clientAddress'> {
  if (usesProxyProtocol) return { clientAddress: 'proxyProtocol' };
  return hops > 0 ? { clientAddress: { forwarded: hops } } : {};
}

/** Reads the names of servers that a chain takes, each also with a dot at its end; none for a chain that takes all. */
function readNames(reading: Reading, match: Field): readonly string[] {
  if (match.at('transport_protocol').isPresent) {
    reading.take(match, { transport_protocol: 'tls' });
    return [];
  }
  const list = reading.take(match, { server_names: hole('names') }).names;
  const texts = list.texts() ?? [];
  const names = texts.filter((_text, index) => index % 2 === 0);
  if (texts.join() !== names.flatMap((one) => [one, `${one}.`]).join())
    reading.report(list, 'each name also with a dot at its end');
  return names;
}

function readFilters(reading: Reading, manager: ReadManager, place: Field): void {
  const [changes, ...others] = manager.filters;
  const deny = others.findIndex((one) => one.at('name').value === 'access-deny');
  const checks = others.slice(0, Math.max(deny, 0));
  if (manager.checksTokens) reading.report(place, 'no answers about tokens');
  if (manager.ownHeaders.length > 0) reading.report(place, 'no headers of its own');
  for (const check of checks) reading.report(check, 'no check, which this reader has no form for');
  const [first, second] = others.slice(Math.max(deny, 0));
  if (changes === undefined || first === undefined || second === undefined) {
    reading.report(place, 'the filters of a gateway');
    return;
  }
  reading.take(first, accessFilters[0]);
  reading.take(second, accessFilters[1]);
  readClientFilters(reading, [changes, ...others.slice(Math.max(deny, 0) + 2)], place);
}
