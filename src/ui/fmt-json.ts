import { counts, findingJson } from './diagnostics-json.ts';
import { diffOf, type FmtSummary } from './fmt-text.ts';
import { jsonText } from './json-text.ts';

const fmtFormatVersion = '1.0';

/** Returns the output of `fmt --format json`. */
export function fmtJson({ check, results, diagnostics }: FmtSummary): string {
  const own = results.filter(({ isMesh }) => isMesh);
  const changed = own.filter((result) => result.changed);
  return jsonText({
    formatVersion: fmtFormatVersion,
    check,
    counts: {
      changed: changed.length,
      unchanged: own.filter((result) => !result.changed && result.diagnostics.length === 0).length,
      ...counts(diagnostics),
    },
    files: changed.map((result) => ({ file: result.source.file, diff: diffOf(result) })),
    diagnostics: diagnostics.map(findingJson),
  });
}
