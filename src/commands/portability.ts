import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import { checkTarget } from '../core/targets/portability.ts';
import type { LoadedMesh } from './load-mesh.ts';

/** Returns the losses of a mesh at its targets; none if linking made no mesh. */
export async function portability({ spec, ir }: LoadedMesh): Promise<readonly Diagnostic[]> {
  if (!spec || !ir) return [];
  const checked = await Promise.all(Object.values(ir.targets).map((config) => checkTarget(spec, ir, config)));
  return checked.flatMap(({ diagnostics }) => diagnostics);
}
