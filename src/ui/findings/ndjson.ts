import type { Diagnostic } from '../../core/diagnostics/diagnostic.ts';
import { counts, diagnosticsFormatVersion, findingJson, suppressedJson } from '../diagnostics-json.ts';
import { jsonText } from '../json-text.ts';
import type { Findings } from './findings.ts';

/** Returns a line for each finding, then one for each suppressed finding, then an `end` line with the counts. */
export function findingsNdjson({ reported, suppressed, valid }: Findings): string {
  const line = (type: string, rest: object): string =>
    jsonText({ formatVersion: diagnosticsFormatVersion, type, ...rest }, 'line');
  return [
    ...reported.map((one: Diagnostic) => line('finding', findingJson(one))),
    ...suppressed.map((one) => line('suppressed', suppressedJson(one))),
    line('end', { valid, counts: counts(reported) }),
  ].join('');
}
