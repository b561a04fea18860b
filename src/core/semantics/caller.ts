import type { Ir } from '../ir/ir.ts';
import { spiffeId } from '../ir/principal.ts';
import type { Service } from '../ir/service.ts';
import type { ServiceId } from '../ir/service-id.ts';
import { own } from '../lib/own.ts';
import type { Caller } from './request.ts';

/**
 * A caller: a service, whose proxy routes the call and proves an identity; or a workload without a proxy of the mesh,
 * which shows the certificate of this SPIFFE ID or none.
 */
export type Identified =
  | { readonly type: 'service'; readonly service: Service }
  | { readonly type: 'workload'; readonly identity: string | undefined };

/** Identifies a caller. If a SPIFFE ID is the account of several services, the first one by id is the caller. */
export function identify(ir: Ir, caller: Caller): Identified {
  if (caller.type === 'anonymous') return { type: 'workload', identity: undefined };
  const id = caller.type === 'service' ? caller.id : accounts(ir).get(caller.id);
  const service = id === undefined ? undefined : own(ir.services, id);
  if (service !== undefined) return { type: 'service', service };
  return { type: 'workload', identity: caller.type === 'spiffe' ? caller.id : undefined };
}

/** Returns the identity of the certificate that a caller shows when it is asked for one. */
export function presentedIdentity(ir: Ir, caller: Caller): string | undefined {
  const identified = identify(ir, caller);
  return identified.type === 'service'
    ? spiffeId(identified.service.workload.principal)
    : identified.identity;
}

const known = new WeakMap<Ir, ReadonlyMap<string, ServiceId>>();

function accounts(ir: Ir): ReadonlyMap<string, ServiceId> {
  const cached = known.get(ir);
  if (cached !== undefined) return cached;
  const built = new Map<string, ServiceId>();
  for (const id of Object.keys(ir.services).sort()) {
    const service = own(ir.services, id);
    const account = service === undefined ? '' : spiffeId(service.workload.principal);
    if (!built.has(account)) built.set(account, id);
  }
  known.set(ir, built);
  return built;
}
