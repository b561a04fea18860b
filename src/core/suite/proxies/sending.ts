import type { Sending } from '../../../ports/request-sender.ts';
import type { Gateway, Listener } from '../../ir/gateway.ts';
import type { Ir } from '../../ir/ir.ts';
import { spiffeId } from '../../ir/principal.ts';
import { mtlsOf, type Port } from '../../ir/service.ts';
import { utf8Bytes } from '../../lib/utf8-bytes.ts';
import { decide } from '../../semantics/decide.ts';
import { enteredListener } from '../../semantics/listener.ts';
import type { Outcome } from '../../semantics/outcome.ts';
import type { Caller, Request } from '../../semantics/request.ts';
import type { Pair, ReachableMesh } from './reachable-mesh.ts';
import { type TokenParts, tokenParts } from './token.ts';

/** A request ready to be sent to a real proxy, with the id by which the echoes record it. */
export interface Prepared {
  readonly request: Request;
  readonly outcome: Outcome;
  readonly sending: Sending;
  readonly testId: string;
  readonly token: TokenParts;
  /** The server name of the TLS that the caller speaks with the application itself; absent if it doesn't. */
  readonly spoken?: string;
}

/** The way to send a request: additional headers, and the place of its token among those of the issuer. */
export interface Manner {
  readonly extra?: readonly (readonly [string, string])[];
  readonly source?: number;
}

/**
 * Returns the outcome of a request by `decide`, and the same request as bytes for the proxy that receives it. `testId` is
 * the value of `x-test-id`, by which applications record the request.
 */
export async function prepare(
  mesh: ReachableMesh,
  request: Request,
  testId: string,
  manner: Manner = {},
): Promise<Prepared> {
  const token: TokenParts =
    request.claims === undefined ? { headers: [] } : tokenParts(mesh.ir, request, manner.source ?? 0);
  const query = [request.query, token.query].filter((part) => part !== undefined).join('&');
  const sending: Sending = {
    address: entrance(mesh, request),
    method: request.method,
    path: query === '' ? request.path : `${request.path}?${query}`,
    host: hostOf(mesh.ir, request),
    headers: [
      ...request.headers.map(({ name, value }) => [name, utf8Bytes(value)] as const),
      ...token.headers,
      ['x-test-id', testId],
      ...(manner.extra ?? []),
    ],
    ...(await secured(mesh, request)),
  };
  const spoken = spokenTls(mesh.ir, request);
  return {
    request,
    outcome: decide(mesh.ir, request),
    sending,
    testId,
    token,
    ...(spoken !== undefined && { spoken }),
  };
}

/** Returns true if the call goes to a port whose protocol isn't HTTP. */
export function isStream(ir: Ir, request: Request): boolean {
  if (request.to.type === 'gateway') {
    const protocol = listenerOf(ir.gateways[request.to.id], request)?.protocol;
    return protocol === 'tls' || protocol === 'tcp';
  }
  const port = portOf(ir, request);
  return port !== undefined && !port.http;
}

/** Returns the `Host` of a request; if it has none, the name of the service, with the port that is asked. */
export function hostOf(ir: Ir, request: Request): string {
  const { id } = request.to;
  const external = ir.externals[id];
  const [namespace, name] = id.split('/');
  const host = request.host ?? external?.hosts[0] ?? `${name ?? ''}.${namespace ?? ''}`;
  if (request.to.type === 'gateway' || request.port === undefined || /:\d+$/.test(host)) return host;
  const number = typeof request.port === 'number' ? request.port : portOf(ir, request)?.number;
  return number === undefined ? host : `${host}:${String(number)}`;
}

/** Returns the requested port; without one, the only port. */
function portOf(ir: Ir, request: Request): Port | undefined {
  const ports: readonly Port[] =
    ir.services[request.to.id]?.ports ?? ir.externals[request.to.id]?.ports ?? [];
  if (request.port === undefined) return ports.length === 1 ? ports[0] : ports.find(({ http }) => http);
  return ports.find(({ name, number }) => name === request.port || number === request.port);
}

function listenerOf(gateway: Gateway | undefined, request: Request): Listener | undefined {
  const listeners = gateway?.listeners ?? [];
  if (request.port === undefined)
    return listeners.length === 1 ? listeners[0] : listeners.find(({ port }) => port === 80);
  const asked = listeners.find(({ name, port }) => name === request.port || port === request.port);
  if (gateway !== undefined && request.host === undefined) {
    const entrance = enteredListener(gateway, request);
    return 'listener' in entrance ? entrance.listener : asked;
  }
  // Send an HTTP request, whichever other protocols listeners of the port have.
  const reading = listeners.filter(({ port, protocol }) => port === asked?.port && protocol !== 'tls');
  return asked?.protocol === 'tls' ? (reading[0] ?? asked) : asked;
}

/** Returns the address to which the caller would connect: its own proxy, the server's proxy, or the gateway. */
function entrance(mesh: ReachableMesh, request: Request): Sending['address'] {
  const { to, from } = request;
  if (to.type === 'gateway') return gatewayEntrance(mesh.ir, request);
  const port = portOf(mesh.ir, request);
  const caller = serviceOf(mesh.ir, from);
  if (caller === undefined) return mesh.inbound(to.id, port?.name);
  return mesh.outbound(caller, request, isStream(mesh.ir, request) ? port : undefined);
}

function gatewayEntrance({ gateways }: Ir, request: Request): Sending['address'] {
  const { address, to } = request;
  const gateway = gateways[to.id];
  const listener = listenerOf(gateway, request);
  const isProxied = listener?.clientAddress?.type === 'proxyProtocol';
  const [instance] = gateway?.instances ?? [];
  return {
    host: instance?.host ?? '',
    port: listener?.port ?? 0,
    ...(address !== undefined && !isProxied && { localAddress: address }),
  };
}

/** Returns the service whose proxy a caller has. */
function serviceOf(ir: Ir, from: Caller): string | undefined {
  if (from.type === 'service') return from.id;
  if (from.type === 'anonymous') return undefined;
  return Object.values(ir.services).find(({ workload }) => spiffeId(workload.principal) === from.id)?.id;
}

async function secured(mesh: ReachableMesh, request: Request): Promise<Partial<Sending>> {
  const { ir } = mesh;
  const { from, to } = request;
  const pair = from.type === 'spiffe' ? await mesh.certificateOf(from.id) : {};
  if (to.type === 'gateway') return securedAtGateway(ir, request, pair);
  const port = portOf(ir, request);
  const isDirect = serviceOf(ir, from) === undefined;
  // A workload without a proxy of ours speaks as the server requires: TLS, unless the server accepts none.
  if (isDirect && from.type === 'spiffe' && !acceptsNoTls(ir, request))
    return { tls: { ...pair, ...(mesh.alpn && { alpn: mesh.alpn }) }, ...spokenWithin(port, request) };
  if (port?.protocol === 'tls') return { tls: named(request.sni) };
  const spoken = spokenTls(ir, request);
  if (spoken !== undefined) return { tls: named(spoken) };
  return port?.protocol === 'grpc' || port?.protocol === 'http2' ? { http2: true } : {};
}

/** Returns the TLS that the caller of a tls port speaks with the application, within that of the mesh. */
function spokenWithin(port: Port | undefined, { sni }: Request): Pick<Sending, 'within'> {
  return port?.protocol === 'tls' ? { within: named(sni) } : {};
}

function securedAtGateway({ gateways }: Ir, request: Request, pair: Partial<Pair>): Partial<Sending> {
  const listener = listenerOf(gateways[request.to.id], request);
  const header = preface(listener, request);
  if (listener?.protocol === 'https')
    return { ...header, tls: { ...named(request.sni ?? request.host?.replace(/:\d+$/, '')), ...pair } };
  return { ...header, ...(listener?.protocol === 'tls' && { tls: named(request.sni) }) };
}

function acceptsNoTls(ir: Ir, request: Request): boolean {
  const service = ir.services[request.to.id];
  const port = portOf(ir, request);
  return (service && port ? mtlsOf(service, port) : service?.mtls) === 'disabled';
}

/** Returns the TLS that a caller without a proxy of ours speaks with an application whose port has no mTLS. */
function spokenTls(ir: Ir, request: Request): string | undefined {
  const { from, to } = request;
  if (to.type === 'gateway' || serviceOf(ir, from) !== undefined) return undefined;
  const [service, port] = [ir.services[to.id], portOf(ir, request)];
  return service && port && mtlsOf(service, port) === 'disabled' ? port.tls?.sni : undefined;
}

/** Returns the header that a load balancer would send (version 1 of the PROXY protocol). */
function preface(listener: Listener | undefined, { address }: Request): Pick<Sending, 'preface'> {
  if (listener?.clientAddress?.type !== 'proxyProtocol' || address === undefined) return {};
  const six = address.includes(':');
  return { preface: `PROXY TCP${six ? '6' : '4'} ${address} ${six ? '::1' : '192.0.2.1'} 40000 80\r\n` };
}

function named(servername: string | undefined): { servername?: string } {
  return servername === undefined || servername === '' || /^[\d.]+$/.test(servername) ? {} : { servername };
}
