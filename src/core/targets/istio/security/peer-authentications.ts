import type { Ir } from '../../../ir/ir.ts';
import type { Service } from '../../../ir/service.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { object } from '../object.ts';
import { sharings } from './sharing.ts';

const modes = {
  sidecar: { strict: 'STRICT', permissive: 'PERMISSIVE', disabled: 'DISABLE' },
  // Ambient takes no notice of DISABLE.
  ambient: { strict: 'STRICT', permissive: 'PERMISSIVE', disabled: 'PERMISSIVE' },
} as const;

/**
 * Returns the requirement of client certificates: one object for the mesh, one for each service that differs. A mode is
 * always written, since Istio's own is permissive.
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
      .map((service) => ({ service, mtls: modeOfPods(service, sharing(service).others) }))
      .filter(({ mtls }) => mtls !== ir.mtls)
      .map(({ service, mtls }) => ofService(service, modes[mode][mtls])),
  ];
}

/** The strictest mode of the services that the pods serve: one mode holds for a pod. */
export function modeOfPods(service: Service, others: readonly Service[]): Service['mtls'] {
  const wanted = [service, ...others.filter(({ ports }) => ports.length > 0)].map(({ mtls }) => mtls);
  return (['strict', 'permissive'] as const).find((mode) => wanted.includes(mode)) ?? 'disabled';
}

function ofService(
  { id, namespace, name, origin, workload }: Service,
  mode: (typeof modes)['sidecar']['strict' | 'permissive' | 'disabled'],
): ObjectArtifact {
  return object({
    kind: 'PeerAuthentication',
    namespace,
    name,
    from: `Service/${id}`,
    origins: [origin],
    spec: { selector: { matchLabels: workload.labels }, mtls: { mode } },
  });
}
