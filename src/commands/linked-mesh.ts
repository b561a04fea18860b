import type { Diagnostic, Severity } from '../core/diagnostics/diagnostic.ts';
import { reaches } from '../core/diagnostics/reaches.ts';
import { sortDiagnostics } from '../core/diagnostics/sort.ts';
import type { ExitCode } from '../core/exit-code.ts';
import type { Ir } from '../core/ir/ir.ts';
import type { SourceText } from '../core/source/document.ts';
import type { Console } from '../ports/console.ts';
import type { SpecStore } from '../ports/spec-store.ts';
import type { Invocation } from '../program.ts';
import { diagnosticsText } from '../ui/diagnostics-text.ts';
import { palette } from '../ui/palette.ts';
import { type LoadedMesh, loadMesh } from './load-mesh.ts';
import { given, meshOptions, value } from './options.ts';

const findings = 3;

/**
 * The linked mesh of a store for commands that need one: findings are shown on standard error (`brief`: those that fail
 * the command alone), and with errors there is no mesh but an exit code.
 */
export async function linkedMesh(
  store: SpecStore,
  invocation: Invocation,
  console: Console,
  brief = false,
): Promise<{ readonly mesh: LoadedMesh; readonly ir?: Ir; readonly exitCode: ExitCode }> {
  const mesh = await loadMesh(store, meshOptions(invocation));
  const failed = fails(mesh.diagnostics, invocation);
  showFindings(sortDiagnostics(mesh.diagnostics), mesh.texts, invocation, console, brief || undefined);
  if (failed || !mesh.ir) return { mesh, exitCode: findings };
  return { mesh, ir: mesh.ir, exitCode: 0 };
}

/** Shows findings to people, on standard error; with `--quiet`, and if `brief`, only those that fail the command. */
export function showFindings(
  diagnostics: readonly Diagnostic[],
  texts: readonly SourceText[],
  invocation: Invocation,
  console: Console,
  brief = given(invocation, 'quiet'),
): void {
  const shown = brief ? diagnostics.filter((one) => fails([one], invocation)) : diagnostics;
  const framed = given(invocation, 'verbose') ? Number.POSITIVE_INFINITY : undefined;
  const text = diagnosticsText(shown, texts, palette(console.errorColour), console.columns, framed);
  if (text !== '') console.error(`${text}\n`);
}

/** Whether a finding reaches the severity that fails the command. */
export function fails(diagnostics: readonly Diagnostic[], invocation: Invocation): boolean {
  const least = failOn(invocation);
  return diagnostics.some(({ severity }) => reaches(severity, least));
}

/** The least severity that fails the command (`--fail-on`, error by default). */
export function failOn(invocation: Invocation): Severity {
  return (value(invocation, 'failOn') ?? 'error') as Severity;
}
