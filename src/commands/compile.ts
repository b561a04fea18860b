import path from 'node:path';
import type { Invocation, Options, OptionsOf } from '../command-table/invocation.ts';
import { compileParts } from '../core/compile.ts';
import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../core/diagnostics/sort.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import { unboundTrust } from '../core/identity/unbound-trust.ts';
import type { Ir } from '../core/ir/ir.ts';
import type { Spec } from '../core/spec/spec.ts';
import { suppress } from '../core/suppress/suppress.ts';
import { checkTarget } from '../core/targets/portability.ts';
import { UsageError } from '../core/usage-error.ts';
import type { OpenSpecStore, SpecStore } from '../ports/spec-store.ts';
import { compiledText, type WrittenTarget } from '../ui/compiled-text.ts';
import { chosenTargets } from './chosen-targets.ts';
import { streamed } from './compile-output.ts';
import { trustBundles } from './delivery/trust-bundles.ts';
import { type Answering, answer, wantedFormats } from './formats.ts';
import { type FindingOptions, fails, linkedMesh, showFindings } from './linked-mesh.ts';
import { type MeshCall, meshOptions } from './options.ts';
import { outputMemory } from './output-memory.ts';
import { recordedStore } from './recorded-store.ts';
import { withStore } from './with-store.ts';
import { type Compiling, type WritingParts, writeCompiled } from './write-compiled.ts';

/** The parts of the world that the command uses. */
export interface CompileParts extends Answering, WritingParts {
  readonly openSpecStore: OpenSpecStore;
  /** Frees the memory of the spec, which compiling no longer needs. */
  readonly collectGarbage: () => void;
}

/**
 * `mesh compile`: native configuration of targets, to `--out DIR/<target>` or as a stream; certificates beside it with
 * `--issue`. With `--verify` nothing is written that isn't proved to mean what the spec means.
 */
export async function compile(invocation: Invocation<'compile'>, parts: CompileParts): Promise<ExitCode> {
  wantedFormats(invocation);
  const { out } = invocation;
  if (invocation.issue && out === undefined)
    throw new UsageError('--issue writes private keys to files: --out has to name the folder');
  const options = meshOptions(invocation);
  return withStore(parts.openSpecStore, options, async ({ store: bare, root }) => {
    const recorded = recordedStore(bare);
    if (out === undefined) {
      const ready = await compiling(recorded.store, root, invocation, parts);
      if ('exitCode' in ready) return ready.exitCode;
      parts.collectGarbage();
      await answer(invocation, { text: () => streamOf(ready) }, parts, 'json');
      return exit.success;
    }
    const place = { out: path.resolve(parts.workingDirectory, out), targets: invocation.target ?? [] };
    await parts.refuseLinkOut(root, place.out);
    const memory =
      invocation.issue || invocation.verify
        ? undefined
        : await outputMemory(recorded, options, place, parts.compiledFolder);
    if (memory?.known) {
      const texts = memory.texts();
      for (const found of memory.known.shown) {
        showFindings(found, texts, invocation, parts.console);
        if (fails(found, invocation)) return exit.findings;
      }
      await answerWritten(memory.known.written, out, invocation, parts);
      return exit.success;
    }
    const ready = await compiling(recorded.store, root, invocation, parts);
    if ('exitCode' in ready) return ready.exitCode;
    parts.collectGarbage();
    const written = await writeCompiled(ready, out, invocation, parts);
    memory?.keep({ shown: ready.shown, written });
    await answerWritten(written, out, invocation, parts);
    return exit.success;
  });
}

/**
 * Checks the mesh, shows its findings, and returns it for compiling. The spec itself is not returned, to free its
 * memory.
 */
async function compiling(
  store: SpecStore,
  root: string,
  call: MeshCall & FindingOptions & Pick<OptionsOf<'compile'>, 'target' | 'verify'>,
  { console, reader }: CompileParts,
): Promise<
  (Compiling & { readonly shown: readonly (readonly Diagnostic[])[] }) | { readonly exitCode: ExitCode }
> {
  const { mesh, ir, broken, exitCode } = await linkedMesh(store, call, console);
  if (!ir || !mesh.spec) return { exitCode };
  if (broken.length > 0) return { exitCode: exit.findings };
  const trust = await trustBundles(store, ir, reader);
  const checked = await checkedTargets(mesh.spec, ir, call.target);
  const { reported: found } = suppress(
    sortDiagnostics([
      ...checked.flatMap(({ diagnostics }) => diagnostics),
      ...unboundTrust(
        mesh.spec,
        ir,
        trust.trust,
        checked.filter(({ wanted }) => wanted),
      ),
    ]),
    mesh.suppressions,
  );
  showFindings(found, mesh.texts, call, console);
  if (fails(found, call)) return { exitCode: exit.findings };
  const targets = checked.filter(({ wanted }) => wanted);
  const ready = { ir, targets, ...trust, root, shown: [sortDiagnostics(mesh.diagnostics), found] };
  if (call.verify) {
    const { verifyCompiled } = await import('./verify-compiled.ts');
    if (!(await verifyCompiled(mesh.spec, ready, console))) return { exitCode: exit.findings };
  }
  return ready;
}

function* streamOf(compiling: Compiling): Iterable<string> {
  const { ir, targets } = compiling;
  for (const target of targets)
    for (const { files } of compileParts(ir, target, compiling)) yield streamed(target.config.name, files);
}

function answerWritten(
  written: readonly WrittenTarget[],
  out: string,
  options: Options<'format' | 'output' | 'quiet'>,
  parts: CompileParts,
): Promise<void> {
  const named = written.map((target) => ({ ...target, folder: path.join(out, target.name) }));
  return answer(
    options,
    { text: (colours, columns) => (options.quiet ? '' : compiledText(named, colours, columns)) },
    parts,
  );
}

/** Checks all targets of the mesh; the findings are those of the compiled ones. */
async function checkedTargets(spec: Spec, ir: Ir, named: readonly string[] = []) {
  const wanted = chosenTargets(ir, named);
  return Promise.all(
    Object.values(ir.targets).map(async (config) => {
      const isWanted = wanted.includes(config.name);
      const checked = await checkTarget(spec, ir, config);
      return {
        ...checked,
        wanted: isWanted,
        diagnostics: isWanted ? checked.diagnostics : [],
      };
    }),
  );
}
