import type { Options } from '../command-table/invocation.ts';
import type { Diagnostic, Severity } from '../core/diagnostics/diagnostic.ts';
import { reaches } from '../core/diagnostics/reaches.ts';
import { sortDiagnostics } from '../core/diagnostics/sort.ts';
import { type ExitCode, exit } from '../core/exit-code.ts';
import type { Ir } from '../core/ir/ir.ts';
import { isGuardrailBreach } from '../core/plan/spec-guards.ts';
import type { SourceText } from '../core/source/document.ts';
import type { Console } from '../ports/console.ts';
import type { SpecStore } from '../ports/spec-store.ts';
import { diagnosticsText } from '../ui/diagnostics-text.ts';
import { palette } from '../ui/palette.ts';
import { type LoadedMesh, loadMesh } from './load-mesh.ts';
import { type MeshCall, meshOptions } from './options.ts';

/** The options that choose the shown findings, their form, and the findings that fail the command. */
export type FindingOptions = Options<'failOn' | 'quiet' | 'verbose'>;

/** A linked mesh, or the exit code for its errors. */
export interface LinkedMesh {
  readonly mesh: LoadedMesh;
  readonly ir?: Ir;
  /** The findings of Guardrails that fail the command, in order. */
  readonly broken: readonly Diagnostic[];
  readonly exitCode: ExitCode;
}

/**
 * Returns the linked mesh of a store, or an exit code if there are errors. Shows the findings on standard error, remarks
 * only with `verbose`; with `brief` only those that fail the command, and proves no Guardrails. Findings of Guardrails
 * are no errors here: `broken` has those that fail the command, for commands that carry out or write what the mesh says.
 */
export async function linkedMesh(
  store: SpecStore,
  call: MeshCall & FindingOptions,
  console: Console,
  brief = false,
): Promise<LinkedMesh> {
  const mesh = await loadMesh(store, { ...meshOptions(call), skipsGuardrails: brief });
  const sorted = sortDiagnostics(mesh.diagnostics);
  const others = sorted.filter((one) => !isGuardrailBreach(one));
  const broken = sorted.filter((one) => isGuardrailBreach(one) && fails([one], call));
  const failed = fails(others, call);
  // `mesh validate` shows remarks; beside a plan they would hide what matters.
  const isShown = (one: Diagnostic): boolean =>
    one.severity !== 'info' || call.verbose === true || fails([one], call);
  showFindings(sorted.filter(isShown), mesh.texts, call, console, brief || undefined);
  if (failed || !mesh.ir) return { mesh, broken, exitCode: exit.findings };
  return { mesh, ir: mesh.ir, broken, exitCode: exit.success };
}

/** Shows findings to people, on standard error; with `--quiet`, and if `brief`, only those that fail the command. */
export function showFindings(
  diagnostics: readonly Diagnostic[],
  texts: readonly SourceText[],
  options: FindingOptions,
  console: Console,
  brief = options.quiet === true,
): void {
  const shown = brief ? diagnostics.filter((one) => fails([one], options)) : diagnostics;
  const framed = options.verbose ? Number.POSITIVE_INFINITY : undefined;
  const text = diagnosticsText(shown, texts, palette(console.errorColour), console.columns, framed);
  if (text !== '') console.error(`${text}\n`);
}

/** Returns true if a finding reaches the severity that fails the command. */
export function fails(diagnostics: readonly Diagnostic[], options: Options<'failOn'>): boolean {
  const least = failOn(options);
  return diagnostics.some(({ severity }) => reaches(severity, least));
}

/** Returns the lowest severity that fails the command (`--fail-on`, error by default). */
export function failOn({ failOn: least = 'error' }: Options<'failOn'>): Severity {
  return least === 'widening' ? 'error' : least;
}
