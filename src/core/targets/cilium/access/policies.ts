import type { Ir } from '../../../ir/ir.ts';
import type { Service } from '../../../ir/service.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import type { CiliumNetworkPolicySpec } from '../crds/cilium.gen.ts';
import { policy } from '../object.ts';
import { isNobody } from './callers.ts';
import { type GuardedPort, guardedPorts } from './guarded-ports.ts';
import { httpRules } from './http-rules.ts';
import { isEverything } from './operation.ts';
import type { Permission } from './port-access.ts';
import { peersOf } from './selectors.ts';

type Ingress = NonNullable<CiliumNetworkPolicySpec['ingress']>[number];
type Deny = NonNullable<CiliumNetworkPolicySpec['ingressDeny']>[number];
type ToPorts = NonNullable<Ingress['toPorts']>[number];

/** Returns a policy for the pods of each service that has ports: it closes them to all other calls. */
export function accessPolicies(ir: Ir): readonly ObjectArtifact[] {
  const byService = Map.groupBy(guardedPorts(ir), ({ service }) => service);
  return [...byService].map(([service, ports]) => {
    const ingress = ports.flatMap(allowing);
    const denied = ports.flatMap(refusing);
    return policy({
      namespace: service.namespace,
      name: service.name,
      from: `Service/${service.id}`,
      origins: originsOf(service),
      spec: {
        endpointSelector: { matchLabels: service.workload.labels },
        // A rule without callers lets nobody in; without any rule the policy would not close the pods.
        ingress: ingress.length > 0 ? ingress : [{}],
        ...(denied.length > 0 && { ingressDeny: denied }),
        enableDefaultDeny: { ingress: true },
      },
    });
  });
}

function allowing({ port, access }: GuardedPort): readonly Ingress[] {
  return (access?.permissions ?? []).flatMap((permission) => {
    const toPorts = portsOf(port.targetPort, permission);
    return toPorts === undefined
      ? []
      : peersOf(permission.callers).map((peers) => ({ ...peers, toPorts: [toPorts] }));
  });
}

/** Returns the port of a permission with its rules; undefined if it allows no request. */
function portsOf(number: number, { operations }: Permission): ToPorts | undefined {
  const ports = { ports: [{ port: String(number), protocol: 'TCP' }] } as const;
  if (operations.some(isEverything)) return ports;
  const http = operations.flatMap(httpRules);
  return http.length === 0 ? undefined : { ...ports, rules: { http } };
}

/** A deny of Cilium wins over every policy, those of others included. */
function refusing({ port, access }: GuardedPort): readonly Deny[] {
  if (access === undefined || isNobody(access.refused)) return [];
  const toPorts = [{ ports: [{ port: String(port.targetPort), protocol: 'TCP' }] }] as const;
  return peersOf(access.refused).map((peers) => ({ ...peers, toPorts }));
}

function originsOf({ origin, access }: Service): ObjectArtifact['origins'] {
  return [origin, ...[...access.allow, ...access.deny].map((rule) => rule.origin)];
}
