import type { Ir } from '../core/ir/ir.ts';
import { didYouMean } from '../core/lib/did-you-mean.ts';
import { PortError } from '../ports/port-error.ts';

/** The names of the targets that are meant: those of `--target`, else all of the mesh; rejects where there is none such. */
export function chosenTargets({ targets }: Ir, named: readonly string[]): readonly string[] {
  const all = Object.keys(targets);
  if (all.length === 0)
    throw new PortError('the mesh has no targets: spec.targets of mesh.yaml names them', 3);
  const unknown = named.find((name) => !all.includes(name));
  if (unknown !== undefined)
    throw new PortError(`the mesh has no target ${JSON.stringify(unknown)}${didYouMean(unknown, all)}`, 64);
  return named.length === 0 ? all : named;
}
