import type { Ir } from '../ir/ir.ts';
import { mtlsOf, type Port, type Service } from '../ir/service.ts';
import { decision, type Failure, refusal } from './answer.ts';
import { isVerifiable } from './principal.ts';

/** A connection to a service: the caller's verified SPIFFE ID (`undefined` if none), or the reason why it fails. */
export interface Connection {
  readonly failure?: Failure;
  readonly identity: string | undefined;
}

/**
 * Checks row 0: the connection fails for a caller without a certificate if mTLS is strict, and, unless mTLS is
 * disabled, for a certificate that is neither ours nor federated.
 */
export function connect(
  ir: Ir,
  service: Service,
  port: Pick<Port, 'mtls' | 'name' | 'origin'>,
  presented: string | undefined,
): Connection {
  const mtls = mtlsOf(service, port);
  if (mtls === 'disabled') return { identity: undefined };
  const what =
    port.mtls === undefined
      ? decision(service.origin, `mTLS of ${service.id} is ${mtls}`)
      : decision(port.origin, `mTLS of the port ${port.name} of ${service.id} is ${mtls}`);
  if (presented === undefined) {
    if (mtls === 'permissive') return { identity: undefined };
    return {
      failure: refusal(0, 'the caller has no certificate, and mTLS is strict', [what]),
      identity: undefined,
    };
  }
  if (isVerifiable(ir, presented)) return { identity: presented };
  const reason = "the caller's trust domain is neither that of the mesh nor federated";
  return { failure: refusal(0, reason, [what]), identity: undefined };
}
