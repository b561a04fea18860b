import { exit } from '../core/exit-code.ts';
import type { Ir } from '../core/ir/ir.ts';
import { didYouMean } from '../core/lib/did-you-mean.ts';
import { UsageError } from '../core/usage-error.ts';
import { PortError } from '../ports/port-error.ts';

/**
 * Returns the names of the chosen targets: those of `--target`, else all of the mesh; throws if a name is no target.
 */
export function chosenTargets({ targets }: Ir, named: readonly string[]): readonly string[] {
  const all = Object.keys(targets);
  if (all.length === 0)
    throw new PortError('the mesh has no targets: spec.targets of mesh.yaml names them', exit.findings);
  const unknown = named.find((name) => !all.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`the mesh has no target ${JSON.stringify(unknown)}${didYouMean(unknown, all)}`);
  return named.length === 0 ? all : named;
}
