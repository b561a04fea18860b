import type { OptionsOf } from '../../command-table/invocation.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import type { Ir } from '../../core/ir/ir.ts';
import { link } from '../../core/ir/link/link.ts';
import type { OutputDriver } from '../../core/outputs/output-driver.ts';
import { meshFile } from '../../core/source/spec-files.ts';
import { loadSpec } from '../../core/spec/load.ts';
import type { OpenedStore, SpecStore } from '../../ports/spec-store.ts';
import { type FindingOptions, fails, showFindings } from '../linked-mesh.ts';
import { type MeshCall, meshOptions } from '../options.ts';
import { deliveredTargets } from './delivered-targets.ts';
import type { ObservingParts } from './delivery-parts.ts';
import { type DeliveredTarget, openOutput } from './open-output.ts';

/** A target and the place that it is delivered to. */
export interface TargetOutput {
  readonly config: DeliveredTarget;
  readonly output: OutputDriver;
}

/**
 * Reads the Mesh document alone, for commands that must work even if the rest of the spec has errors. Shows its errors;
 * returns undefined if there are any.
 */
export async function readMeshAlone(
  store: SpecStore,
  invocation: MeshCall & FindingOptions,
  { console }: Pick<ObservingParts, 'console'>,
): Promise<Ir | undefined> {
  const { loaded, ir } = await loadMeshAlone(store, invocation);
  showFindings(loaded.diagnostics, loaded.texts, invocation, console);
  return fails(loaded.diagnostics, invocation) ? undefined : ir;
}

async function loadMeshAlone(store: SpecStore, invocation: MeshCall) {
  const { env } = meshOptions(invocation);
  const overlays = env === undefined ? undefined : `environments/${env}/`;
  const listed = (await store.list()).map(({ file }) => file);
  const files = listed.filter(
    (file) => file === meshFile || (overlays !== undefined && file.startsWith(overlays)),
  );
  const loaded = loadSpec(await store.read(files), env === undefined ? {} : { environment: env });
  // Ignore link errors: without the other documents references dangle, and targets use none.
  const ir = loaded.spec && link(loaded.spec).ir;
  return { loaded, ir };
}

/**
 * Reads the outputs of the chosen targets from the Mesh document alone. Returns an exit code if the Mesh document has
 * errors. With `isMeant`, other outputs aren't opened, and beside an output a target without one is no error.
 */
export async function readOutputs(
  { store, root }: OpenedStore,
  invocation: MeshCall & FindingOptions & Pick<OptionsOf<'apply'>, 'target'>,
  parts: ObservingParts,
  isMeant?: (config: DeliveredTarget) => boolean,
): Promise<{ readonly ir: Ir; readonly outputs: readonly TargetOutput[] } | { readonly exitCode: ExitCode }> {
  const { loaded, ir } = await loadMeshAlone(store, invocation);
  const targets = loaded.spec && ir && deliveredTargets(loaded.spec, ir, invocation);
  const isEnough = isMeant !== undefined && targets !== undefined && targets.chosen.length > 0;
  const found = isEnough ? [] : (targets?.diagnostics ?? loaded.diagnostics);
  showFindings(found, loaded.texts, invocation, parts.console);
  if (!ir || !targets || fails(found, invocation)) return { exitCode: exit.findings };
  const outputs: TargetOutput[] = [];
  for (const config of targets.chosen.filter((config) => isMeant?.(config) ?? true)) {
    outputs.push({ config, output: await openOutput(root, config, ir, parts) });
  }
  return { ir, outputs };
}
