import type { Ir } from '../../../ir/ir.ts';
import type { Principal } from '../../../ir/principal.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { Artifact } from '../../artifact.ts';
import { objectName } from '../../kubernetes-objects/object-name.ts';
import type { Limit } from '../../target.ts';
import type { Lowering } from '../context.ts';
import { resource } from '../resource.ts';
import { workloads } from '../service-ref.ts';
import { type Narrowed, type PortCallers, portCallers } from './port-callers.ts';
import { type OwnPort, sharedPorts } from './same-ports.ts';

/** Returns the permissions of each port. A port that nobody may call denies all, so that no other policy opens it. */
export function permissions({ ir, options }: Lowering): readonly Artifact[] {
  return guarded(ir).map(({ service, port, callers }) => {
    const { allow, deny } = service.access;
    const list = (ids: PortCallers['allow']) => ids.map((spiffeID) => ({ spiffeID }));
    const isClosed = callers.allow.length === 0;
    return resource(
      {
        kind: 'MeshTrafficPermission',
        name: objectName(service.namespace, service.name, port.name),
        from: `Service/${service.id}`,
        origins: [service.origin, ...[...allow, ...deny].map(({ origin }) => origin)],
        spec: {
          targetRef: workloads(service, port, options),
          rules: [
            {
              default: {
                ...(!isClosed && { allow: list(callers.allow) }),
                ...(isClosed && { deny: [{ spiffeID: { type: 'Prefix', value: 'spiffe://' } }] }),
                ...(!isClosed && callers.deny.length > 0 && { deny: list(callers.deny) }),
              },
            },
          ],
        },
      },
      options,
    );
  });
}

interface GuardedPort extends OwnPort {
  readonly callers: PortCallers;
  /** True if other services are the same port of the same pods and have other callers: Kuma would let in those of all. */
  readonly differs: boolean;
}

function guarded(ir: Ir): readonly GuardedPort[] {
  const accounts = accountsOf(ir);
  const shared = sharedPorts(ir);
  const all = Object.values(ir.services).flatMap((service) =>
    service.ports.map((port) => ({ service, port })),
  );
  const callersOf = ({ service, port }: OwnPort): PortCallers =>
    portCallers(service, port, accounts, ir.trustDomain);
  const text = ({ allow, deny }: PortCallers): string =>
    canonicalJson([allow.map((one) => ({ ...one })), deny.map((one) => ({ ...one }))]);
  return all.map((own) => {
    const callers = callersOf(own);
    const differs = shared(own).some((other) => text(callersOf(other)) !== text(callers));
    return { ...own, differs, callers: differs ? { ...callers, allow: [], deny: [] } : callers };
  });
}

/** Returns the accounts of the services and gateways of a mesh. */
function accountsOf({ services, gateways }: Ir): readonly Principal[] {
  return [...Object.values(services), ...Object.values(gateways)].map(({ workload }) => workload.principal);
}

const reasons: Readonly<Partial<Record<Narrowed['feature'], readonly [reason: string, callers: string]>>> = {
  'access.http': [
    'a permission of Kuma is about a connection, not about requests: who may send only some requests is left out',
    'all calls of such callers are refused',
  ],
  'access.deny': [
    'a permission of Kuma is about a connection: who may not send some requests is left out, and so are callers that the mesh does not name',
    'other calls of such callers are refused, too',
  ],
  'access.except': [
    'a permission of Kuma knows no exceptions: who is excepted from a rule is left out of it',
    'more calls are refused than the exception says',
  ],
  'access.identity': [
    'beside a rule about requests only callers that the mesh names can be told apart',
    'callers that the mesh does not name are refused',
  ],
};

/** Returns the rules of Access of which Kuma lets fewer calls through than the spec. */
export function permissionLimits({ ir }: Lowering): readonly Limit[] {
  return guarded(ir).flatMap(({ service, port, callers, differs }) => [
    ...callers.narrowed.map(({ feature, origin }) => {
      const [reason = '', noticed = ''] = reasons[feature] ?? [];
      return { feature, reason, callers: noticed, origin };
    }),
    ...(differs
      ? [
          {
            feature: service.access.closed ? ('access.identity' as const) : ('mtls.strict' as const),
            reason:
              'another service is the same port of the same pods and has other callers, and Kuma would let in those of both',
            callers: 'nobody may call that port',
            origin: port.origin,
          },
        ]
      : []),
  ]);
}
