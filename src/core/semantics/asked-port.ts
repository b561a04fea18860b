import type { External } from '../ir/external.ts';
import type { Ir } from '../ir/ir.ts';
import type { Port, Service } from '../ir/service.ts';
import { own } from '../lib/own.ts';
import { carriesRequests, findPort } from './port.ts';
import type { Request } from './request.ts';

/** Returns the service or External that a request names. */
export function askedOwner(ir: Ir, request: Request): Service | External | undefined {
  return own(ir.services, request.to.id) ?? own(ir.externals, request.to.id);
}

/**
 * Returns the tls or tcp port of a call inside the mesh, where no `Host` is read. It is the requested `port`; without
 * `port` and `Host`, the only port, or the only port that reads an SNI.
 */
export function askedStreamPort(owner: Service | External | undefined, request: Request): Port | undefined {
  if (owner === undefined) return undefined;
  const ports: readonly Port[] = owner.ports;
  const port = request.port === undefined ? impliedPort(ports, request) : findPort(ports, request.port);
  return port === undefined || carriesRequests(port) ? undefined : port;
}

/**
 * Returns the effective `Host`: the sent one, or else `<name>.<namespace>` (an External's first host) with the
 * requested port.
 */
export function effectiveHost(owner: Service | External | undefined, request: Request): string {
  const host = request.host ?? derivedHost(owner, request.to.id);
  if (request.port === undefined || /:[0-9]+$/.test(host)) return host;
  const port = owner === undefined ? undefined : findPort<Port>(owner.ports, request.port);
  return `${host}:${port === undefined ? request.port : port.number}`;
}

function derivedHost(owner: Service | External | undefined, id: string): string {
  if (owner === undefined) return id;
  return 'hosts' in owner ? (owner.hosts[0] ?? id) : `${owner.name}.${owner.namespace}`;
}

function impliedPort(ports: readonly Port[], request: Request): Port | undefined {
  if (request.host !== undefined) return undefined;
  const candidates = request.sni === undefined ? ports : ports.filter((port) => !carriesRequests(port));
  return candidates.length === 1 ? candidates[0] : undefined;
}
