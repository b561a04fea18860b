import { resolve } from 'node:path';
import type { Options, OptionsOf } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import type { Ir } from '../../core/ir/ir.ts';
import { UsageError } from '../../core/usage-error.ts';
import { chosenTargets } from '../chosen-targets.ts';
import type { ObservingParts } from '../delivery/delivery-parts.ts';
import { holdsMaterial, isDelivered, openOutput } from '../delivery/open-output.ts';
import { readMeshAlone } from '../delivery/read-outputs.ts';
import { readRecordedOutputs } from '../delivery/read-recorded-outputs.ts';
import { trustBundles } from '../delivery/trust-bundles.ts';
import type { FindingOptions } from '../linked-mesh.ts';
import { type MeshCall, meshOptions } from '../options.ts';
import { withStore } from '../with-store.ts';
import type { Surveyed, SurveyedOutput } from './survey-certificates.ts';

/**
 * Calls `use` with the trust of the mesh and the outputs of the chosen targets that hold certificates, or with the one
 * output that `--directory` names. Targets without such an output are left out.
 */
export async function withMaterialOutputs(
  invocation: MeshCall & FindingOptions & Options<'directory'> & Pick<OptionsOf<'apply'>, 'target'>,
  parts: ObservingParts,
  use: (surveyed: Surveyed) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { directory, root: asked, target = [] } = invocation;
  if (directory !== undefined) {
    if (asked !== undefined) throw new UsageError('--root and --directory exclude each other: give one');
    const { ir, outputs, trust } = await readRecordedOutputs(
      resolve(parts.workingDirectory, directory),
      parts,
    );
    const opened = outputs.map(({ config, output }) => ({
      target: config.name,
      open: () => Promise.resolve(output),
    }));
    return use({ ir, trust, outputs: opened });
  }
  return withStore(parts.openSpecStore, meshOptions(invocation), async ({ store, root }) => {
    const ir = await readMeshAlone(store, invocation, parts);
    if (ir === undefined) return exit.findings;
    const outputs = materialOutputs(ir, chosenTargets(ir, target), root, parts);
    return use({ ir, trust: await trustBundles(store, ir, parts.reader), outputs });
  });
}

/** Returns the outputs of these targets that hold certificates. */
export function materialOutputs(
  ir: Ir,
  targets: readonly string[],
  root: string,
  parts: ObservingParts,
): readonly SurveyedOutput[] {
  return targets.flatMap((target) => {
    const config = ir.targets[target];
    if (config === undefined || !isDelivered(config) || !holdsMaterial(config)) return [];
    return [{ target, open: () => openOutput(root, config, ir, parts) }];
  });
}
