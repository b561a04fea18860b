import type { Ir } from '../../../ir/ir.ts';
import type { Artifact } from '../../artifact.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { object } from '../object.ts';

/** Which hosts a proxy knows, and what happens to calls to others (Sidecar). */
export function sidecars(ir: Ir, { rootNamespace }: LoweringOptions): readonly Artifact[] {
  const mode = ir.egress === 'allow' ? 'ALLOW_ANY' : 'REGISTRY_ONLY';
  return [
    object({
      kind: 'Sidecar',
      namespace: rootNamespace,
      name: 'default',
      from: `Mesh/${ir.name}`,
      origins: [ir.origin],
      spec: { egress: [{ hosts: ['*/*'] }], outboundTrafficPolicy: { mode } },
    }),
  ];
}
