import type { Fix } from '../diagnostics/diagnostic.ts';
import { spanAlong } from './locate.ts';
import { locationAt, positionAt } from './span.ts';

/** Returns the edit that inserts an entry, such as `weight: 10`, as the first one of a map of a document. */
export function insertion(map: object, entry: string): Fix['edits'][number] {
  const { text, start, end } = spanAlong(map, []);
  const isFlow = text.text[start] === '{';
  const at = isFlow ? start + 1 : start;
  const location = locationAt(text, at);
  if (!isFlow) {
    const { column } = positionAt(text, start);
    return { location, text: `${entry}\n${' '.repeat(column - 1)}` };
  }
  const isEmpty = /^\{\s*\}$/.test(text.text.slice(start, end));
  return { location, text: isEmpty ? entry : `${entry}, ` };
}
