import { exit } from '../core/exit-code.ts';
import type { Ir } from '../core/ir/ir.ts';
import { didYouMean } from '../core/lib/did-you-mean.ts';
import { UsageError } from '../core/usage-error.ts';
import { PortError } from '../ports/port-error.ts';

/** The names of the targets that are meant: those of `--target`, else all of the mesh; rejects where there is none such. */
export function chosenTargets({ targets }: Ir, named: readonly string[]): readonly string[] {
  const all = Object.keys(targets);
  if (all.length === 0)
    throw new PortError('the mesh has no targets: spec.targets of mesh.yaml names them', exit.findings);
  const unknown = named.find((name) => !all.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`the mesh has no target ${JSON.stringify(unknown)}${didYouMean(unknown, all)}`);
  return named.length === 0 ? all : named;
}
