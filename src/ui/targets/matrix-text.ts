import { levelOf, type Matrix } from '../../core/targets/matrix.ts';
import type { Palette } from '../palette.ts';
import { quantity } from '../quantity.ts';
import { wrap } from '../wrap.ts';

/** Every feature with how far each target keeps it: a table, or a block for each feature where no table fits. */
export function matrixText(matrix: Matrix, palette: Palette, columns: number): string {
  const body = table(matrix, palette);
  const isNarrow = body.width > columns;
  const targets = [...new Set(matrix.columns.map(({ target }) => target))];
  const hint = `'mesh targets ${targets[0]?.name ?? 'TARGET'}' says of one target why, and what callers notice.`;
  return `${isNarrow ? blocks(matrix, palette, columns) : body.text}\n${palette.faint(wrap(hint, columns))}\n`;
}

function table(
  { columns, rows }: Matrix,
  palette: Palette,
): { readonly text: string; readonly width: number } {
  const hasUses = rows.some(({ uses }) => uses !== undefined);
  const first = Math.max(...rows.map(({ feature }) => feature.length), 'feature'.length);
  const widths = columns.map(({ id }) => Math.max(id.length, 'partial'.length));
  const line = (cells: readonly string[]): string => cells.join('  ').trimEnd();
  const head = line([
    'feature'.padEnd(first),
    ...columns.map(({ id }, index) => id.padEnd(widths[index] ?? 0)),
    ...(hasUses ? ['used'] : []),
  ]);
  const lines = rows.map(({ feature, cells, uses }) =>
    line([
      feature.padEnd(first),
      ...cells.map((cell, index) => {
        const level = levelOf(cell);
        return paint(level, palette) + ' '.repeat(Math.max(0, (widths[index] ?? 0) - level.length));
      }),
      ...(uses ? [quantity(uses.length, 'place')] : []),
    ]),
  );
  const width =
    first + widths.reduce((sum, one) => sum + one + 2, 0) + (hasUses ? 2 + '1000 places'.length : 0);
  return { text: `${[palette.strong(head), ...lines].join('\n')}\n`, width };
}

function blocks({ columns, rows }: Matrix, palette: Palette, width: number): string {
  return rows
    .map(({ feature, cells, uses }) => {
      const says = cells.map((cell, index) => `${columns[index]?.id ?? ''} ${levelOf(cell)}`).join(', ');
      const used = uses ? `, used in ${quantity(uses.length, 'place')}` : '';
      const indented = wrap(`${says}${used}`, width - 2)
        .split('\n')
        .map((line) => `  ${line}\n`);
      return `${palette.strong(feature)}\n${indented.join('')}`;
    })
    .join('');
}

function paint(level: 'full' | 'partial' | 'none', { added, warning, error }: Palette): string {
  return { full: added, partial: warning, none: error }[level](level);
}
