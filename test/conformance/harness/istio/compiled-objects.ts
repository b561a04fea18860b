import type { Ir } from '../../../../src/core/ir/ir.ts';
import istio from '../../../../src/core/targets/istio/index.ts';
import type { Target } from '../../../../src/core/targets/target.ts';
import type { KubernetesObject } from './kubernetes-object.ts';

/** Returns the objects that the target `istio` makes of a mesh. */
export function compiledObjects(
  ir: Ir,
  mode: 'sidecar' | 'ambient',
  version?: string,
): readonly KubernetesObject[] {
  return writtenObjects(istio, ir, { mode }, version);
}

/** Returns the objects that a target makes of a mesh. */
export function writtenObjects(
  target: Target,
  ir: Ir,
  options: Readonly<Record<string, unknown>>,
  version = target.versions.at(-1) ?? '',
): readonly KubernetesObject[] {
  return target.lower(ir, { version, options }).flatMap((artifact): readonly KubernetesObject[] => {
    if (artifact.type !== 'object') throw new Error(`${artifact.kind} ${artifact.name} is no object`);
    return [artifact.manifest as unknown as KubernetesObject];
  });
}
