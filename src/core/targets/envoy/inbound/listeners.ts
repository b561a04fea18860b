import type { Ir } from '../../../ir/ir.ts';
import {
  type Address,
  type Instance,
  mtlsOf,
  type Port,
  readsRequests,
  type Service,
} from '../../../ir/service.ts';
import { isIpAddress } from '../../../lib/ip-address.ts';
import type { Json } from '../../artifact.ts';
import { appState } from '../app-clusters.ts';
import { socketAddress } from '../socket-address.ts';
import { downstreamTls, meshProtocol, requestProtocols } from '../tls.ts';
import { extension, type Fields, typed } from '../typed-config.ts';
import type { Entry } from './entry.ts';
import { hasHealthChain, healthChainFilters, healthProtocol } from './health.ts';
import { httpFilters } from './http-filters.ts';
import { streamAccess } from './stream-access.ts';
import { plainStreamFilters, streamFilters } from './stream-filters.ts';

/** Returns the listeners at which the proxy of an instance takes calls, one for each port that has an address. */
export function inboundListeners(ir: Ir, service: Service, instance: Instance): readonly Json[] {
  return service.ports.flatMap((port) => {
    const address = instance.inbound[port.name];
    return address === undefined ? [] : [listener(ir, { service, instance, port }, address)];
  });
}

function listener(ir: Ir, entry: Entry, address: Address): Json {
  return typed('envoy.config.listener.v3.Listener', {
    name: `inbound/${entry.port.name}`,
    address: socketAddress(bindable(address)),
    traffic_direction: 'INBOUND',
    ...chains(ir, entry),
  });
}

/** A host name is for callers; the proxy listens on every address of its host. */
function bindable({ host, port }: Address): Address {
  if (host === 'localhost') return { host: '127.0.0.1', port };
  return { host: isIpAddress(host) ? host : '0.0.0.0', port };
}

/** Strict: only TLS with a certificate. Permissive: told apart by the first bytes. Disabled: plain text alone. */
function chains(ir: Ir, entry: Entry): Fields {
  const { service, port } = entry;
  const checks = hasHealthChain(service, port) ? [health(ir, entry)] : [];
  switch (mtlsOf(service, port)) {
    case 'strict':
      return checks.length === 0
        ? { filter_chains: [mesh(ir, entry)] }
        : {
            ...inspection(port),
            // Envoy looks at no chain without this match once another one has it.
            filter_chains: [
              ...checks,
              { ...mesh(ir, entry), filter_chain_match: { transport_protocol: 'tls' } },
            ],
          };
    case 'permissive':
      return {
        ...inspection(port),
        filter_chains: [
          ...checks,
          ...passed(ir, entry),
          { ...mesh(ir, entry), filter_chain_match: meshTls(port) },
        ],
        default_filter_chain: plain(ir, entry),
      };
    case 'disabled':
      return { filter_chains: [plain(ir, entry)] };
  }
}

function mesh(ir: Ir, entry: Entry): Fields {
  const { service, instance, port } = entry;
  const { http } = port;
  const filters = http ? httpFilters(ir, entry) : streamFilters(ir, service, port);
  return {
    name: 'mesh',
    filters: [...appState(instance, port), ...filters],
    transport_socket: downstreamTls(
      ir,
      { alpn: http ? requestProtocols : [meshProtocol] },
      http ? [] : streamAccess(service, port).callers,
    ),
    transport_socket_connect_timeout: '15s',
  };
}

/** Checks of a port that isn't HTTP: whoever has an identity may ask. */
function health(ir: Ir, { service, instance, port }: Entry): Fields {
  return {
    name: 'health',
    filter_chain_match: { transport_protocol: 'tls', application_protocols: [healthProtocol] },
    filters: [...appState(instance, port), ...healthChainFilters(ir, service, port)],
    transport_socket: downstreamTls(ir, { alpn: [healthProtocol] }),
    transport_socket_connect_timeout: '15s',
  };
}

/** Connections whose TLS is that of the application, told from mTLS by the server name. */
function passed(ir: Ir, { service, instance, port }: Entry): readonly Fields[] {
  const { passedTls, tls: _, ...plainPort } = port;
  if (passedTls === undefined) return [];
  const filters = plainStreamFilters(ir, service, plainPort);
  return [
    {
      name: 'passed',
      filter_chain_match: { transport_protocol: 'tls', server_names: [passedTls.sni] },
      filters: filters.length === 0 ? [] : [...appState(instance, port), ...filters],
    },
  ];
}

/** Without filters Envoy closes the connection. */
function plain(ir: Ir, entry: Entry): Fields {
  const { service, instance, port } = entry;
  const filters = readsRequests(service, port)
    ? httpFilters(ir, entry)
    : plainStreamFilters(ir, service, port);
  return { name: 'plain', filters: filters.length === 0 ? [] : [...appState(instance, port), ...filters] };
}

/** On other ports the application may speak TLS of its own: the mesh's is known by its protocol. */
function meshTls({ http }: Port): Json {
  return { transport_protocol: 'tls', ...(!http && { application_protocols: [meshProtocol] }) };
}

/** In some protocols the server speaks first, so a caller in plain text may stay silent: it isn't waited for long. */
function inspection({ http }: Port): Fields {
  const message = 'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector';
  return {
    listener_filters: [extension('envoy.filters.listener.tls_inspector', message)],
    ...(!http && { listener_filters_timeout: '1s', continue_on_listener_filters_timeout: true }),
  };
}
