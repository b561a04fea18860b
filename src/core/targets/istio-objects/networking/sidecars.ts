import type { Ir } from '../../../ir/ir.ts';
import type { Service } from '../../../ir/service.ts';
import type { Artifact } from '../../artifact.ts';
import type { SidecarSpec } from '../crds/istio.gen.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { object } from '../object.ts';
import { knownHosts } from './known-hosts.ts';
import { overlapping } from './overlapping-workloads.ts';

type OutboundTrafficPolicy = NonNullable<SidecarSpec['outboundTrafficPolicy']>;

/**
 * Returns the hosts that a proxy knows, and the treatment of calls to others (Sidecar): one object for the whole mesh,
 * and one for each workload that declares its calls. Ambient has no Sidecar.
 */
export function sidecars(ir: Ir, { mode, rootNamespace }: LoweringOptions): readonly Artifact[] {
  if (mode === 'ambient') return [];
  const outboundTrafficPolicy: OutboundTrafficPolicy = {
    mode: ir.egress === 'allow' ? 'ALLOW_ANY' : 'REGISTRY_ONLY',
  };
  const everything = object({
    kind: 'Sidecar',
    namespace: rootNamespace,
    name: 'default',
    from: `Mesh/${ir.name}`,
    origins: [ir.origin],
    spec: { egress: [{ hosts: ['*/*'] }], outboundTrafficPolicy },
  });
  return [everything, ...overlapping(ir).flatMap((group) => sidecar(ir, group, outboundTrafficPolicy))];
}

/** Returns the Sidecar of services that share pods: they know the calls of all of them. */
function sidecar(
  ir: Ir,
  services: readonly Service[],
  outboundTrafficPolicy: OutboundTrafficPolicy,
): readonly Artifact[] {
  const [first] = services;
  if (first === undefined || services.some(({ calls }) => calls === undefined)) return [];
  const hosts = knownHosts(ir, services);
  return [
    object({
      kind: 'Sidecar',
      namespace: first.namespace,
      name: first.name,
      from: `Service/${first.id}`,
      origins: services.flatMap(({ origin, calls = [] }) => [origin, ...calls.map((call) => call.origin)]),
      spec: {
        ...(Object.keys(first.workload.labels).length > 0 && {
          workloadSelector: { labels: first.workload.labels },
        }),
        egress: [{ hosts: hosts.length > 0 ? hosts : ['~/*'] }],
        outboundTrafficPolicy,
      },
    }),
  ];
}
