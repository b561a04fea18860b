import type { Invocation, Options } from '../command-table/invocation.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import type { Ir } from '../core/ir/ir.ts';
import { didYouMean } from '../core/lib/did-you-mean.ts';
import { matrixOf } from '../core/targets/matrix.ts';
import { targets as registry } from '../core/targets/registry.ts';
import type { Target } from '../core/targets/target.ts';
import { UsageError } from '../core/usage-error.ts';
import type { OpenSpecStore } from '../ports/spec-store.ts';
import { matrixText } from '../ui/targets/matrix-text.ts';
import { targetText } from '../ui/targets/target-text.ts';
import { targetsJson } from '../ui/targets/targets-json.ts';
import { targetsMarkdown } from '../ui/targets/targets-markdown.ts';
import { type Answering, answer, wantedFormats } from './formats.ts';
import { linkedMesh } from './linked-mesh.ts';
import { meshOptions } from './options.ts';
import { withStore } from './with-store.ts';

/** The parts of the world that the command uses. */
export interface TargetsParts extends Answering {
  readonly openSpecStore: OpenSpecStore;
}

/**
 * `mesh targets [T]`: shows which targets support which features of the language; with `--used` only the features of
 * this mesh.
 */
export async function targets(invocation: Invocation<'targets'>, parts: TargetsParts): Promise<ExitCode> {
  wantedFormats(invocation);
  const [name] = invocation.arguments;
  const chosen = await chosenTargets(name);
  if (!invocation.used) return print(chosen, undefined, name !== undefined, invocation, parts);
  return withStore(parts.openSpecStore, meshOptions(invocation), async ({ store }) => {
    const { ir, exitCode } = await linkedMesh(store, invocation, parts.console, true);
    return ir ? print(chosen, ir, name !== undefined, invocation, parts) : exitCode;
  });
}

async function chosenTargets(name: string | undefined): Promise<readonly Target[]> {
  const known = Object.keys(registry) as (keyof typeof registry)[];
  const named = known.filter((one) => name === undefined || one === name);
  if (named.length === 0)
    throw new UsageError(`there is no target ${JSON.stringify(name)}${didYouMean(name ?? '', known)}`);
  return Promise.all(named.map(async (one) => (await registry[one]()).default));
}

async function print(
  chosen: readonly Target[],
  ir: Ir | undefined,
  isOne: boolean,
  options: Options<'format' | 'output'>,
  parts: TargetsParts,
): Promise<ExitCode> {
  const matrix = matrixOf(chosen, ir);
  await answer(
    options,
    {
      text: (colours, columns) => (isOne ? targetText : matrixText)(matrix, colours, columns),
      json: () => targetsJson(matrix),
      markdown: () => targetsMarkdown(matrix),
    },
    parts,
  );
  return exit.success;
}
