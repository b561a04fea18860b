import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { finding } from '../diagnostics/message.ts';
import type { SourceText } from './document.ts';
import { messages } from './messages.ts';
import { locationAt } from './span.ts';

/** The most conflicts of one file that are shown. */
const mostMarkers = 100;

/**
 * Reports the conflicts that a merge left in a text, each at its first marker: a line that starts with `<<<<<<< ` or
 * `>>>>>>> `. A row of equals signs alone isn't a marker, since it may be intended.
 */
export function conflictMarkers(source: SourceText): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  let isOpen = false;
  for (const match of source.text.matchAll(/^(?:<{7}|>{7})(?=[ \t\r\n]|$)/gm)) {
    const [marker] = match;
    const isEnd = marker.startsWith('>');
    if (!(isEnd && isOpen)) {
      found.push(finding(messages, 'MESH1002', locationAt(source, match.index, match.index + 7), { marker }));
    }
    isOpen = !isEnd;
    if (found.length === mostMarkers) break;
  }
  return found;
}
