import type { Gateway } from '../ir/gateway.ts';
import { spiffeId } from '../ir/principal.ts';
import type { Service } from '../ir/service.ts';
import type { ServiceId } from '../ir/service-id.ts';

/** The service or gateway whose proxy routes a call, and which servers therefore see as the caller. */
export interface Sender {
  /** SPIFFE ID that its proxy proves. */
  readonly identity: string;
  readonly namespace: string;
  /** Set if the sender is a gateway. */
  readonly gateway: ServiceId | undefined;
}

/** Returns a service as the sender of its own calls. */
export function serviceSender(service: Service): Sender {
  return { identity: spiffeId(service.workload.principal), namespace: service.namespace, gateway: undefined };
}

/** Returns a gateway as the sender of calls: services see the gateway as their caller. */
export function gatewaySender(gateway: Gateway): Sender {
  return {
    identity: spiffeId(gateway.workload.principal),
    namespace: gateway.namespace,
    gateway: gateway.id,
  };
}
