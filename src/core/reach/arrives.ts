import type { Ir } from '../ir/ir.ts';
import { own } from '../lib/own.ts';
import { askedOwner, askedStreamPort, effectiveHost } from '../semantics/asked-port.ts';
import { identify } from '../semantics/caller.ts';
import { directPort } from '../semantics/direct.ts';
import type { Request } from '../semantics/request.ts';
import { resolveHost } from '../semantics/resolve-host.ts';
import type { Destination } from './entries.ts';
import type { Case } from './grouped-cases.ts';

/**
 * Returns true if requests of a case are requests to its destination. The proxy of a caller goes by the host: with the
 * host of another service they are requests to that one.
 */
export function arrives(ir: Ir, { kind, id, port: name }: Destination, { entry }: Case): boolean {
  if (kind === 'gateway') return own(ir.gateways, id) !== undefined;
  const request: Request = { ...entry, method: 'GET', path: '/', headers: [] };
  const owner = askedOwner(ir, request);
  const port = owner?.ports.find((one) => one.name === name);
  if (owner === undefined || port === undefined) return false;
  const caller = identify(ir, entry.from);
  if (caller.type === 'workload') return directPort(owner, request) === port;
  const streamPort = askedStreamPort(owner, request);
  if (streamPort !== undefined) return streamPort === port;
  const found = resolveHost(ir, caller.service, effectiveHost(owner, request));
  return found.type === 'nowhere' || (found.type === 'port' && found.port === port);
}
