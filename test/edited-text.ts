import type { Diagnostic } from '../src/core/diagnostics/diagnostic.ts';
import { offsetOf, sourceText } from '../src/core/source/span.ts';

/** Returns a text with the edits of a fix applied; an edit further up doesn't move those below. */
export function editedText(text: string, edits: NonNullable<Diagnostic['fix']>['edits']): string {
  const source = sourceText('', text);
  const spans = edits.map(({ location: { range }, text: by }) => ({
    start: offsetOf(source, range.start),
    end: offsetOf(source, range.end),
    by,
  }));
  return spans
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, by }) => result.slice(0, start) + by + result.slice(end), text);
}
