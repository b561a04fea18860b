import type { Ir } from '../../core/ir/ir.ts';
import { type Observed, observe } from '../../core/plan/observe.ts';
import type { TargetOutput } from './outputs-of.ts';

/** What an output holds, for commands that only look at it. */
export function observedOutput(
  { name, environment }: Pick<Ir, 'name' | 'environment'>,
  { config, directory }: TargetOutput,
): Promise<Observed> {
  const seenAs = config.output.seenAs ?? directory.path;
  return observe(directory, `${name}.${environment}.${config.name}`, seenAs);
}
