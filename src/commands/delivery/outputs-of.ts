import type { Ir } from '../../core/ir/ir.ts';
import type { Directory, OpenedStore } from '../../ports.ts';
import type { Invocation } from '../../program.ts';
import { diagnosticsText } from '../../ui/diagnostics-text.ts';
import { palette } from '../../ui/palette.ts';
import { values } from '../options.ts';
import { type DirectoryTarget, deliveredTargets } from './delivered-targets.ts';
import type { ObservingParts } from './delivery-parts.ts';
import { meshTargets } from './mesh-targets.ts';

const findings = 3;

/** Output of each target that is meant, for commands that need the Mesh document and nothing else of the spec. */
export async function outputsOf(
  { store, root }: OpenedStore,
  invocation: Invocation,
  { console, outputDirectory }: ObservingParts,
): Promise<{
  readonly ir?: Ir;
  readonly outputs: readonly { readonly config: DirectoryTarget; readonly directory: Directory }[];
  readonly exitCode: number;
}> {
  const { ir, texts, diagnostics } = await meshTargets(store, invocation);
  const delivered = ir && deliveredTargets(ir.targets, values(invocation, 'target'));
  const found = [...(ir ? [] : diagnostics), ...(delivered?.diagnostics ?? [])];
  if (!ir || !delivered || found.length > 0) {
    console.error(diagnosticsText(found, texts, palette(console.errorColour), console.columns));
    return { outputs: [], exitCode: findings };
  }
  const outputs = await Promise.all(
    delivered.chosen.map(async (config) => ({
      config,
      directory: await outputDirectory(root, config.output.path),
    })),
  );
  return { ir, outputs, exitCode: 0 };
}
