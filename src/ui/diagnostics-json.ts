import type { Diagnostic, Severity } from '../core/diagnostics/diagnostic.ts';
import type { Location } from '../core/source/location.ts';

const diagnosticsFormatVersion = '1.0';

/** What `validate --format json` prints. */
export function diagnosticsJson(diagnostics: readonly Diagnostic[], valid: boolean): string {
  const document = {
    formatVersion: diagnosticsFormatVersion,
    valid,
    counts: counts(diagnostics),
    diagnostics: diagnostics.map(({ code, severity, message, location, related, fix }) => ({
      code,
      severity,
      message,
      ...location,
      related: related.map((other) => ({ message: other.message, ...other.location })),
      ...(fix && { fix: { title: fix.title, edits: fix.edits.map(edit) } }),
    })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** How many findings of each severity. */
export function counts(diagnostics: readonly Diagnostic[]): Readonly<Record<Severity, number>> {
  const number = (severity: Severity): number =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  return { error: number('error'), warning: number('warning'), info: number('info') };
}

function edit({ location, text }: { readonly location: Location; readonly text: string }): object {
  return { ...location, text };
}
