import type { Diagnostic, Severity } from '../core/diagnostics/diagnostic.ts';
import type { Location } from '../core/location.ts';
import type { Suppressed } from '../core/suppress/suppressed.ts';
import type { Findings } from './findings/findings.ts';
import { jsonText } from './json-text.ts';

/** Version of the format; 1.1 added suppressed findings. */
export const diagnosticsFormatVersion = '1.1';

/** Returns the output of `validate --format json`. */
export function diagnosticsJson({ reported, suppressed, valid }: Findings): string {
  return jsonText({
    formatVersion: diagnosticsFormatVersion,
    valid,
    counts: counts(reported),
    diagnostics: reported.map(findingJson),
    suppressed: suppressed.map(suppressedJson),
  });
}

/** One finding as programs read it. */
export function findingJson({ code, severity, message, location, related, fix }: Diagnostic): object {
  return {
    code,
    severity,
    message,
    ...location,
    related: related.map((other) => ({ message: other.message, ...other.location })),
    ...(fix && { fix: { title: fix.title, edits: fix.edits.map(edit) } }),
  };
}

/** One suppressed finding, with the comment that suppresses it. */
export function suppressedJson({ diagnostic, reason, until, comment }: Suppressed): object {
  const suppression = { reason, ...(until !== undefined && { until }), ...comment };
  return { ...findingJson(diagnostic), suppression };
}

/** Counts the findings of each severity. */
export function counts(diagnostics: readonly Diagnostic[]): Readonly<Record<Severity, number>> {
  const number = (severity: Severity): number =>
    diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
  return { error: number('error'), warning: number('warning'), info: number('info') };
}

function edit({ location, text }: { readonly location: Location; readonly text: string }): object {
  return { ...location, text };
}
