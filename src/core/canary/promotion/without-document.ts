import type { Position } from '../../location.ts';
import type { SourceText } from '../../source/document.ts';
import { offsetOf } from '../../source/span.ts';
import type { TextEdit } from './text-edit.ts';

/** The line that begins a document, or ends one (YAML 1.2.2, section 9.1). */
const marker = /^(?:---|\.\.\.)(?=[\s]|$)/gm;

/**
 * Returns the edit that replaces the whole document around a position by a text; an empty text removes the document.
 */
export function inPlaceOfDocument(source: SourceText, position: Position, text = ''): TextEdit {
  const at = offsetOf(source, position);
  const starts = [...source.text.matchAll(marker)].map(({ index }) => index);
  const start = starts.findLast((one) => one <= at) ?? 0;
  const end = starts.find((one) => one > at) ?? source.text.length;
  const isMarked = /^---/.test(source.text.slice(start));
  const body = text === '' ? '' : `${isMarked ? '---\n' : ''}${text}`;
  return { source, start, end, text: body };
}
