import { escapeControl } from '../../core/lib/escape-control.ts';
import type { AccessRow } from '../../core/reach/access-row.ts';
import { conditionWords, describedWords } from './access-words.ts';

const heading = ['from', 'to', 'ports', 'methods', 'paths', 'conditions', 'rules', 'unproved'];

/** Yields the list as comma-separated values with a heading (RFC 4180, with line feeds alone). */
export function* accessCsv(rows: Iterable<AccessRow>): Generator<string> {
  yield `${heading.join(',')}\n`;
  for (const row of rows) {
    const { from, to, ports, methods, paths, rules, unproved = '' } = row;
    const cells = [
      from.join('; '),
      to,
      ports.join('; '),
      describedWords(methods),
      describedWords(paths),
      conditionWords(row),
      rules.join('; '),
      unproved,
    ];
    yield `${cells.map(cell).join(',')}\n`;
  }
}

/** Returns a quoted cell; an apostrophe keeps spreadsheets from reading text as a formula. */
function cell(text: string): string {
  const safe = escapeControl(/^[=+\-@]/.test(text) ? `'${text}` : text);
  return `"${safe.replaceAll('"', '""')}"`;
}
