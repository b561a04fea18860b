import { escapeControl } from '../../core/lib/escape-control.ts';
import type { AccessRow } from '../../core/reach/access-row.ts';
import type { Palette } from '../palette.ts';
import { conditionWords, describedWords } from './access-words.ts';

/** Yields the list for people: a heading for each port, and a line for each group of callers. */
export function* accessText(rows: Iterable<AccessRow>, colours: Palette): Generator<string> {
  let heading = '';
  for (const row of rows) {
    const place = `${row.to}:${row.ports.join(',')}`;
    if (place !== heading) yield `${heading === '' ? '' : '\n'}${colours.strong(escapeControl(place))}\n`;
    heading = place;
    yield `${line(row, colours)}\n`;
  }
  if (heading === '') yield 'No request gets through.\n';
}

function line(row: AccessRow, { place, warning }: Palette): string {
  if (row.unproved !== undefined) return `  ${warning('?')} not listed: ${escapeControl(row.unproved)}`;
  const requests = [
    ...(isAny(row.methods) ? [] : [describedWords(row.methods)]),
    ...(isAny(row.paths) ? [] : [`path ${describedWords(row.paths)}`]),
  ].join('; ');
  const conditions = [requests, conditionWords(row)].filter((part) => part !== '').join('; ');
  const words = `${row.from.join(', ')}${conditions === '' ? '' : `  ${conditions}`}`;
  return `  ${escapeControl(words)}  ${place(row.rules.map(escapeControl).join(' '))}`;
}

function isAny(described: AccessRow['methods']): boolean {
  return !('not' in described) && described[0] === '*';
}
