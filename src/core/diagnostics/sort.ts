import type { Diagnostic } from './diagnostic.ts';

/** Returns findings in order of place, code and message, each once. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  const sorted = [...diagnostics].sort(compare);
  return sorted.filter((diagnostic) => {
    const { code, message, location } = diagnostic;
    const key = JSON.stringify([code, message, location]);
    return !seen.has(key) && seen.add(key);
  });
}

function compare(a: Diagnostic, b: Diagnostic): number {
  const { start } = a.location.range;
  const other = b.location.range.start;
  return (
    compareText(a.location.file, b.location.file) ||
    start.line - other.line ||
    start.column - other.column ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

/** By code units: the same in every locale. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
