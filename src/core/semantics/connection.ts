import type { Ir } from '../ir/ir.ts';
import type { Service } from '../ir/service.ts';
import { decision, type Failure, refusal } from './answer.ts';
import { isVerifiable } from './principal.ts';

/** A connection to a service: the caller's verified SPIFFE ID (`undefined`: none), or why it fails. */
export interface Connection {
  readonly failure?: Failure;
  readonly identity: string | undefined;
}

/** Row 0: no certificate where mTLS is strict, one neither ours nor federated unless it is disabled. */
export function connect(ir: Ir, service: Service, presented: string | undefined): Connection {
  if (service.mtls === 'disabled') return { identity: undefined };
  const what = decision(service.origin, `mTLS of ${service.id} is ${service.mtls}`);
  if (presented === undefined) {
    if (service.mtls === 'permissive') return { identity: undefined };
    return {
      failure: refusal(0, 'the caller has no certificate, and mTLS is strict', [what]),
      identity: undefined,
    };
  }
  if (isVerifiable(ir, presented)) return { identity: presented };
  const reason = "the caller's trust domain is neither that of the mesh nor federated";
  return { failure: refusal(0, reason, [what]), identity: undefined };
}
