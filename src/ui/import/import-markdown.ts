import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { markdownCode, markdownRow, markdownTable, markdownText } from '../markdown.ts';
import type { ImportResult } from './import-result.ts';
import { placeOf, reportRows } from './report-rows.ts';

/** Returns the report of an import for a review: sums of the ledger, and all findings with their lines. */
export function importMarkdown(result: ImportResult): string {
  const { headline, sums, findings, written, files } = reportRows(result);
  const rows = sums.map(([name, count]) => markdownRow([name, String(count)]));
  return [
    `### ${markdownText(headline)}\n`,
    markdownTable(['fields', 'number'], rows),
    ...section('Native configuration', findings),
    ...section('Written mesh', written),
    `Written: ${files.map(markdownCode).join(', ')}\n`,
  ].join('\n');
}

function section(title: string, findings: readonly Diagnostic[]): readonly string[] {
  if (findings.length === 0) return [];
  const rows = findings.map((one) =>
    markdownRow([one.severity, one.code, markdownCode(placeOf(one)), markdownText(one.message)]),
  );
  return [`#### ${title}\n`, markdownTable(['severity', 'code', 'place', 'finding'], rows)];
}
