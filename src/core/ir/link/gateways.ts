import { originOf } from '../../location.ts';
import type { SpecObject } from '../../spec/spec.ts';
import type { GatewayDocument } from '../../spec/types.gen.ts';
import type { Gateway, GatewayInstance } from '../gateway.ts';
import { instancePart } from './instance-ids.ts';
import { localAddress } from './instances.ts';
import type { Linking } from './linking.ts';
import { listenersOf } from './listeners.ts';
import { idOf } from './names.ts';
import { reportNamesakes } from './namesakes.ts';
import { gatewayPrincipal } from './principals.ts';
import { itemsOf, originOfWritten } from './spec-place.ts';
import type { BareListener } from './virtual-hosts.ts';

/** A Gateway with the fields that are known before its Routes and rules are linked. */
export type BareGateway = Omit<Gateway, 'listeners' | 'access' | 'authentication'> & {
  readonly listeners: readonly BareListener[];
};

/** Links a Gateway document without the documents that refer to it. */
export function gatewayOf(linking: Linking, gateway: SpecObject<GatewayDocument>): BareGateway {
  const { spec } = gateway.value;
  const id = idOf(gateway);
  return {
    origin: originOf(gateway.location),
    id,
    namespace: gateway.namespace,
    name: gateway.name,
    type: spec.type ?? 'ingress',
    workload: {
      labels: spec.workload?.labels ?? { app: gateway.name },
      principal: gatewayPrincipal(linking, id),
    },
    listeners: listenersOf(linking, id),
    ...(spec.endpoints && { instances: instancesOf(linking, gateway, spec.endpoints) }),
  };
}

function instancesOf(
  linking: Linking,
  { namespace, name }: SpecObject<GatewayDocument>,
  endpoints: NonNullable<GatewayDocument['spec']['endpoints']>,
): readonly GatewayInstance[] {
  reportNamesakes(linking, endpoints);
  return itemsOf(endpoints).map(([endpoint, at], position) => ({
    origin: originOfWritten(at),
    id: linking.instanceId([namespace, name, instancePart(endpoint, position)]),
    host: endpoint.address,
    admin: localAddress(linking, endpoint, 'admin', '127.0.0.1:15000'),
  }));
}
