import { decide } from '../../../src/core/semantics/decide.ts';
import type { Outcome } from '../../../src/core/semantics/outcome.ts';
import type { Request } from '../../../src/core/semantics/request.ts';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { RunningMesh } from './running-mesh.ts';
import type { Sending } from './send.ts';
import { tokenParts } from './token.ts';

let counted = 0;

/** A request ready to be sent to a real proxy, with the id under which the echoes file it. */
export interface Prepared {
  readonly request: Request;
  readonly outcome: Outcome;
  readonly sending: Sending;
  readonly testId: string;
}

/** What `decide` says about a request, and the same request as bytes for the proxy that would take it. */
export function prepare(
  mesh: RunningMesh,
  request: Request,
  extra: readonly (readonly [string, string])[] = [],
): Prepared {
  counted += 1;
  const testId = `t${String(counted)}`;
  const id = request.to.id;
  const token = request.claims === undefined ? { headers: [] } : tokenParts(mesh.ir, id, request.claims);
  const query = [request.query, token.query].filter((part) => part !== undefined).join('&');
  const sent = { ...request, ...(query === '' ? {} : { query }) };
  const sending: Sending = {
    address: entrance(mesh, request),
    method: request.method,
    path: query === '' ? request.path : `${request.path}?${query}`,
    host: hostOf(mesh.ir, request),
    headers: [
      ...request.headers.map(({ name, value }) => [name, value] as const),
      ...token.headers,
      ['x-test-id', testId],
      ...extra,
    ],
    ...secured(mesh.ir, request),
  };
  return { request, outcome: decide(mesh.ir, sent), sending, testId };
}

function hostOf(ir: Ir, request: Request): string {
  const { id } = request.to;
  const external = ir.externals[id];
  const [namespace, name] = id.split('/');
  const host = request.host ?? external?.hosts[0] ?? `${name ?? ''}.${namespace ?? ''}`;
  if (request.to.type === 'gateway' || request.port === undefined || /:\d+$/.test(host)) return host;
  const ports = external?.ports ?? ir.services[id]?.ports ?? [];
  const number =
    typeof request.port === 'number'
      ? request.port
      : ports.find(({ name: port }) => port === request.port)?.number;
  return number === undefined ? host : `${host}:${String(number)}`;
}

/** The address that the caller would really call: its own proxy, the server's proxy, or the gateway. */
function entrance(mesh: RunningMesh, request: Request): Sending['address'] {
  const { to, from } = request;
  if (to.type === 'gateway') {
    const gateway = mesh.ir.gateways[to.id];
    const listener = gateway?.listeners.find(
      ({ name, port }) => name === request.port || port === request.port,
    );
    const chosen =
      listener ??
      (gateway?.listeners.length === 1
        ? gateway.listeners[0]
        : gateway?.listeners.find(({ port }) => port === 80));
    return { host: gateway?.instances?.[0]?.host ?? '', port: chosen?.port ?? 0 };
  }
  if (from.type === 'service') return address(mesh.proxyOf(from.id).outbound);
  const inbound = mesh.proxyOf(to.id).inbound;
  const service = mesh.ir.services[to.id];
  const port =
    service?.ports.find(({ name, number }) => name === request.port || number === request.port) ??
    service?.ports.find(({ http }) => http);
  return address(inbound[port?.name ?? ''] ?? Object.values(inbound)[0] ?? '');
}

function secured(ir: Ir, request: Request): Partial<Sending> {
  if (request.to.type === 'gateway') {
    const listeners = ir.gateways[request.to.id]?.listeners ?? [];
    const listener =
      listeners.find(({ name, port }) => name === request.port || port === request.port) ?? listeners[0];
    const servername = (request.host ?? '').replace(/:\d+$/, '');
    return listener?.protocol === 'https' ? { tls: servername === '' ? {} : { servername } } : {};
  }
  const port = ir.services[request.to.id]?.ports.find(
    ({ name, number }) => name === request.port || number === request.port,
  );
  const only = ir.services[request.to.id]?.ports;
  const protocol = port?.protocol ?? (only?.length === 1 ? only[0]?.protocol : undefined);
  return protocol === 'grpc' || protocol === 'http2' ? { http2: true } : {};
}

/** `host:port` as its parts. */
export function address(text: string): { host: string; port: number } {
  const colon = text.lastIndexOf(':');
  return { host: text.slice(0, colon), port: Number(text.slice(colon + 1)) };
}
