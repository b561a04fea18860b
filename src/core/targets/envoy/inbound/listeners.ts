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
import { identifiedChain } from '../identified-chain.ts';
import { socketAddress } from '../socket-address.ts';
import { meshProtocol, requestProtocols } from '../tls.ts';
import { extension, type Fields, typed } from '../typed-config.ts';
import type { Entry } from './entry.ts';
import { hasHealthChain, healthChainFilters, healthProtocol } from './health.ts';
import { httpFilters } from './http-filters.ts';
import { streamAccess } from './stream-access.ts';
import { plainStreamFilters, streamFilters } from './stream-filters.ts';

/** Returns the listeners at which the proxy of an instance accepts calls, one for each port that has an address. */
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

/**
 * Returns the address to listen at. A host name is meant for callers: the proxy listens on every address of its
 * machine.
 */
function bindable({ host, port }: Address): Address {
  if (host === 'localhost') return { host: '127.0.0.1', port };
  return { host: isIpAddress(host) ? host : '0.0.0.0', port };
}

/**
 * Returns the filter chains of a port. Strict: only TLS with a certificate. Permissive: the first bytes decide between
 * TLS and plain text. Disabled: only plain text.
 */
function chains(ir: Ir, entry: Entry): Fields {
  const { service, port } = entry;
  const checks = hasHealthChain(service, port) ? [health(ir, entry)] : [];
  switch (mtlsOf(service, port)) {
    case 'strict':
      return checks.length === 0
        ? { filter_chains: [mesh(ir, entry)] }
        : {
            ...inspection(port),
            // If one chain has this match, Envoy ignores the chains without it.
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
    ...identifiedChain(
      ir,
      http
        ? { alpn: requestProtocols }
        : { alpn: [meshProtocol], callers: streamAccess(service, port).callers },
      [...appState(instance, port), ...filters],
    ),
  };
}

/** Returns the chain for checks at a port that isn't HTTP: any caller with an identity may check. */
function health(ir: Ir, { service, instance, port }: Entry): Fields {
  return {
    name: 'health',
    filter_chain_match: { transport_protocol: 'tls', application_protocols: [healthProtocol] },
    ...identifiedChain(ir, { alpn: [healthProtocol] }, [
      ...appState(instance, port),
      ...healthChainFilters(ir, service, port),
    ]),
  };
}

/** Returns the chain for connections with the application's own TLS, which the server name distinguishes from mTLS. */
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

/** Returns the chain for plain text; without filters Envoy closes the connection. */
function plain(ir: Ir, entry: Entry): Fields {
  const { service, instance, port } = entry;
  const filters = readsRequests(service, port)
    ? httpFilters(ir, entry)
    : plainStreamFilters(ir, service, port);
  return { name: 'plain', filters: filters.length === 0 ? [] : [...appState(instance, port), ...filters] };
}

/**
 * Returns the match of the mesh's TLS. On ports that aren't HTTP the application may speak its own TLS, so the protocol
 * of the mesh's is required.
 */
function meshTls({ http }: Port): Json {
  return { transport_protocol: 'tls', ...(!http && { application_protocols: [meshProtocol] }) };
}

/**
 * Returns the inspection of the first bytes. In some protocols the server speaks first, so a plain-text caller may send
 * nothing: the wait is short.
 */
function inspection({ http }: Port): Fields {
  const message = 'envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector';
  return {
    listener_filters: [extension('envoy.filters.listener.tls_inspector', message)],
    ...(!http && { listener_filters_timeout: '1s', continue_on_listener_filters_timeout: true }),
  };
}
