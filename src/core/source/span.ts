import type { Location, Position } from '../location.ts';
import type { SourceText } from './document.ts';

/** Returns the text of a file with the offsets at which its lines start; LF, CR LF and CR each end a line. */
export function sourceText(file: string, text: string): SourceText {
  const lineStarts = [0];
  for (const match of text.matchAll(/\r\n?|\n/g)) lineStarts.push(match.index + match[0].length);
  return { file, text, lineStarts };
}

/** Returns the place between two offsets (UTF-16); offsets outside the text are moved to its start or end. */
export function locationAt(source: SourceText, start: number, end: number = start): Location {
  const from = positionAt(source, start);
  return { file: source.file, range: { start: from, end: end > start ? positionAt(source, end) : from } };
}

/** Returns line and column of an offset (UTF-16); an offset outside the text is moved to its start or end. */
export function positionAt({ text, lineStarts }: SourceText, offset: number): Position {
  const at = Math.max(0, Math.min(offset, text.length));
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: at - (lineStarts[low] ?? 0) + 1 };
}

/** Returns the offset (UTF-16) of a position. */
export function offsetOf({ text, lineStarts }: SourceText, { line, column }: Position): number {
  return Math.min((lineStarts[line - 1] ?? text.length) + column - 1, text.length);
}
