import { compileTarget } from '../../core/compile.ts';
import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../../core/diagnostics/sort.ts';
import { type ExitCode, exit } from '../../core/exit-code.ts';
import type { Ir } from '../../core/ir/ir.ts';
import type { Revision } from '../../core/revision/revision.ts';
import type { Spec } from '../../core/spec/spec.ts';
import { checkTarget } from '../../core/targets/portability.ts';
import type { ObjectOrder } from '../../core/targets/target.ts';
import type { SpecStore } from '../../ports/spec-store.ts';
import { type FindingOptions, fails, linkedMesh, showFindings } from '../linked-mesh.ts';
import { type MeshCall } from '../options.ts';
import type { ObservingParts } from './delivery-parts.ts';
import { trustBundles } from './trust-bundles.ts';

/** The targets of a mesh in their native configuration, by name; compiling reads no output. */
export interface CompiledMesh {
  readonly spec: Spec;
  readonly ir: Ir;
  /** The findings of Guardrails that refuse a plan. */
  readonly broken: readonly Diagnostic[];
  readonly targets: ReadonlyMap<string, Revision>;
  /** Order of changes by target, if the target has one. */
  readonly orders: ReadonlyMap<string, ObjectOrder>;
}

/**
 * Compiles the targets for which `wanted` returns true, for any output. Returns an exit code if there are errors. In a
 * mesh of the `past`, losses of features are no errors: they were accepted when it was applied.
 */
export async function compileMesh(
  store: SpecStore,
  invocation: MeshCall & FindingOptions,
  { console, reader }: Pick<ObservingParts, 'console' | 'reader'>,
  wanted: (target: string) => boolean,
  past = false,
): Promise<CompiledMesh | { readonly exitCode: ExitCode }> {
  const { mesh, ir, broken, exitCode } = await linkedMesh(store, invocation, console, past);
  if (!ir || !mesh.spec) return { exitCode };
  const { spec } = mesh;
  const trust = await trustBundles(store, ir, reader);
  const checked = await Promise.all(
    Object.values(ir.targets)
      .filter(({ name }) => wanted(name))
      .map((config) => checkTarget(spec, ir, config)),
  );
  const found = sortDiagnostics(checked.flatMap(({ diagnostics }) => diagnostics));
  if (!past) showFindings(found, mesh.texts, invocation, console);
  if (!past && fails(found, invocation)) return { exitCode: exit.findings };
  const targets = checked.map((one) => {
    const { name, platform, artifacts, proxies } = compileTarget(ir, one, trust);
    const about = { target: name, platform, loss: one.loss };
    return [name, { ir, artifacts, proxies, about }] as const;
  });
  const orders = checked.flatMap(({ config, target }) =>
    target.order ? [[config.name, target.order] as const] : [],
  );
  return { spec, ir, broken, targets: new Map(targets), orders: new Map(orders) };
}
