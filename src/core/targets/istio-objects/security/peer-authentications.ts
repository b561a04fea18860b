import type { Ir } from '../../../ir/ir.ts';
import type { MtlsMode, Service } from '../../../ir/service.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { object } from '../object.ts';
import { sharings } from './sharing.ts';

const modes = {
  sidecar: { strict: 'STRICT', permissive: 'PERMISSIVE', disabled: 'DISABLE' },
  // Ambient ignores DISABLE.
  ambient: { strict: 'STRICT', permissive: 'PERMISSIVE', disabled: 'PERMISSIVE' },
} as const;

/**
 * Returns the mTLS modes: one object for the mesh, and one for each service with another mode. The mode is always
 * written, since Istio's default is permissive.
 */
export function peerAuthentications(
  ir: Ir,
  { rootNamespace, mode }: LoweringOptions,
): readonly ObjectArtifact[] {
  const sharing = sharings(ir.services);
  return [
    object({
      kind: 'PeerAuthentication',
      namespace: rootNamespace,
      name: 'default',
      from: `Mesh/${ir.name}`,
      origins: [ir.origin],
      spec: { mtls: { mode: modes[mode][ir.mtls] } },
    }),
    ...Object.values(ir.services)
      .filter(({ ports, namespace }) => ports.length > 0 && namespace !== rootNamespace)
      .map((service) => {
        const { others } = sharing(service);
        return { service, mtls: modeOfPods(service, others), ports: modesOfPorts(service, others) };
      })
      .filter(({ mtls, ports }) => mtls !== ir.mtls || ports.size > 0)
      .map(({ service, mtls, ports }) =>
        ofService(
          service,
          modes[mode][mtls],
          [...ports].map(([number, own]) => [String(number), { mode: modes[mode][own] }] as const),
        ),
      ),
  ];
}

/** Returns the strictest mode of the services that share the pods. */
export function modeOfPods(service: Service, others: readonly Service[]): Service['mtls'] {
  const wanted = [service, ...others.filter(({ ports }) => ports.length > 0)].map(({ mtls }) => mtls);
  return strictest(wanted);
}

/**
 * Returns the modes of target ports, by number, that differ from the pods' mode. If several ports lead to a target
 * port, the strictest mode holds.
 */
export function modesOfPorts(service: Service, others: readonly Service[]): ReadonlyMap<number, MtlsMode> {
  const own = modeOfPods(service, others);
  const wanted = new Map<number, MtlsMode[]>();
  for (const one of [service, ...others])
    for (const port of one.ports) {
      const mode = port.mtls ?? own;
      wanted.set(port.targetPort, [...(wanted.get(port.targetPort) ?? []), mode]);
    }
  return new Map(
    [...wanted]
      .map(([number, all]) => [number, strictest(all)] as const)
      .filter(([, mode]) => mode !== own)
      .sort(([one], [other]) => one - other),
  );
}

function strictest(wanted: readonly MtlsMode[]): MtlsMode {
  return (['strict', 'permissive'] as const).find((mode) => wanted.includes(mode)) ?? 'disabled';
}

function ofService(
  { id, namespace, name, origin, workload }: Service,
  mode: (typeof modes)['sidecar'][MtlsMode],
  ports: readonly (readonly [string, { readonly mode: (typeof modes)['sidecar'][MtlsMode] }])[],
): ObjectArtifact {
  return object({
    kind: 'PeerAuthentication',
    namespace,
    name,
    from: `Service/${id}`,
    origins: [origin],
    spec: {
      selector: { matchLabels: workload.labels },
      mtls: { mode },
      ...(ports.length > 0 && { portLevelMtls: Object.fromEntries(ports) }),
    },
  });
}
