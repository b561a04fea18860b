import { formatOrigin } from '../../core/location.ts';
import { levelOf, type Matrix, reasonOf } from '../../core/targets/matrix.ts';
import { markdownCode, markdownRow, markdownTable, markdownText } from '../markdown.ts';

/** Returns the matrix in Markdown: a table, then the reason of each cell that is not full, then notes on columns. */
export function targetsMarkdown({ columns, rows }: Matrix): string {
  const hasUses = rows.some(({ uses }) => uses !== undefined);
  const head = ['feature', '', ...columns.map(({ id }) => id), ...(hasUses ? ['used'] : [])];
  const lines = rows.map(({ feature, what, cells, uses }) =>
    markdownRow([
      markdownCode(feature),
      markdownText(what),
      ...cells.map(levelOf),
      ...(uses ? [uses.map((place) => markdownCode(formatOrigin(place))).join(', ')] : []),
    ]),
  );
  const reasons = rows.flatMap(({ feature, cells }) =>
    cells.flatMap((cell, index) => {
      if (cell === 'full') return [];
      const where = `${markdownCode(feature)} on ${columns[index]?.id ?? ''}, ${levelOf(cell)}`;
      return [
        `- ${where}: ${markdownText(reasonOf(cell))}. What callers notice: ${markdownText(cell.callers)}.\n`,
      ];
    }),
  );
  const notes = columns.flatMap(({ id, note }) =>
    note === undefined ? [] : [`- ${id}: ${markdownText(note)}\n`],
  );
  return [markdownTable(head, lines), reasons.join(''), notes.join('')]
    .filter((part) => part !== '')
    .join('\n');
}
