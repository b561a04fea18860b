import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { worstFirst } from '../../core/diagnostics/worst-first.ts';
import type { ImportResult } from './import-result.ts';
import { ledgerSum } from './ledger-sum.ts';

/** The parts of a report for people. */
export interface ReportRows {
  readonly headline: string;
  /** The fates of fields with their numbers. */
  readonly sums: readonly (readonly [name: string, count: number])[];
  /** Findings in the native configuration, the worst first. */
  readonly findings: readonly Diagnostic[];
  /** Findings in the written mesh, the worst first. */
  readonly written: readonly Diagnostic[];
  readonly files: readonly string[];
}

/** Returns the parts of a report. */
export function reportRows({ from, imported, native, written }: ImportResult): ReportRows {
  const sum = ledgerSum(imported.ledger);
  return {
    headline: `Import from ${from}: ${String(imported.objects)} objects, ${String(sum.fields)} fields`,
    sums: [
      ['carried', sum.carried],
      ['carried differently', sum.differently],
      ['lost', sum.lost],
      ['without effect', sum.withoutEffect],
      ['not accounted for', sum.unaccounted],
    ],
    findings: worstFirst(native),
    written: worstFirst(written),
    files: imported.files.map(({ file }) => file),
  };
}

/** Returns the place of a finding: `file:line`. */
export function placeOf({ location: { file, range } }: Diagnostic): string {
  return `${file}:${String(range.start.line)}`;
}
