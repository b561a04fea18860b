import type { Ir } from '../../../../src/core/ir/ir.ts';
import istio from '../../../../src/core/targets/istio/index.ts';
import type { KubernetesObject } from './kubernetes-object.ts';

/** The objects that the target `istio` makes of a mesh. */
export function compiledObjects(
  ir: Ir,
  mode: 'sidecar' | 'ambient',
  version = istio.versions.at(-1) ?? '',
): readonly KubernetesObject[] {
  return istio.lower(ir, { version, options: { mode } }).flatMap((artifact): readonly KubernetesObject[] => {
    if (artifact.type !== 'object') throw new Error(`${artifact.kind} ${artifact.name} is no object`);
    return [artifact.manifest as unknown as KubernetesObject];
  });
}
