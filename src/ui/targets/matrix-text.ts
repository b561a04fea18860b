import { levelOf, type Matrix } from '../../core/targets/matrix.ts';
import type { Capability } from '../../core/targets/target.ts';
import type { Palette } from '../palette.ts';
import { quantity } from '../quantity.ts';
import { wrap } from '../wrap.ts';

/**
 * Returns every feature with its level on each target, in the first form that fits the width: a table of all modes, a
 * table of the default modes, or a block for each feature.
 */
export function matrixText(matrix: Matrix, palette: Palette, columns: number): string {
  const [first] = matrix.columns;
  const hint = `'mesh targets ${first?.target.name ?? 'TARGET'}' gives the reasons for one target, and what callers notice.`;
  const whole = table(matrix, palette);
  if (whole.width <= columns) return `${whole.text}\n${palette.faint(wrap(hint, columns))}\n`;
  const short = table(withoutModes(matrix), palette);
  if (short.width > columns)
    return `${blocks(matrix, palette, columns)}\n${palette.faint(wrap(hint, columns))}\n`;
  const modes = `Targets with several modes are shown in their default mode. ${hint}`;
  return `${short.text}\n${palette.faint(wrap(modes, columns))}\n`;
}

/** Returns the matrix with one column for each target: its mode without options. */
function withoutModes({ columns, rows }: Matrix): Matrix {
  const isShown = (index: number): boolean => columns[index]?.isDefault === true;
  return {
    columns: columns.filter(({ isDefault }) => isDefault).map((one) => ({ ...one, id: one.target.name })),
    rows: rows.map((row) => ({ ...row, cells: row.cells.filter((_, index) => isShown(index)) })),
  };
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

/** Returns a block for each feature: the targets that keep it whole, in part and not at all. */
function blocks({ columns, rows }: Matrix, palette: Palette, width: number): string {
  const first = 'partial'.length + 2;
  return rows
    .map(({ feature, cells, uses }) => {
      const used = uses ? `, used in ${quantity(uses.length, 'place')}` : '';
      const lines = levels.flatMap((level) => {
        const names = namesAt(level, columns, cells);
        if (names.length === 0) return [];
        const text = wrap(names.join(', '), width - 2 - first, '').replaceAll(
          '\n',
          `\n${' '.repeat(2 + first)}`,
        );
        return [`  ${paint(level, palette)}${' '.repeat(first - level.length)}${text}\n`];
      });
      return `${palette.strong(feature)}${used}\n${lines.join('')}`;
    })
    .join('');
}

/** Returns the targets at a level; the modes of a target are named if they differ. */
function namesAt(level: Level, columns: Matrix['columns'], cells: readonly Capability[]): readonly string[] {
  const modes = columns.map(({ id, target }, index) => ({
    id,
    target: target.name,
    at: levelOf(cells[index] ?? 'full'),
  }));
  return [...Map.groupBy(modes, ({ target }) => target)].flatMap(([target, own]) => {
    const here = own.filter(({ at }) => at === level);
    return here.length === own.length ? [target] : here.map(({ id }) => id);
  });
}

const levels = ['full', 'partial', 'none'] as const;
type Level = (typeof levels)[number];

function paint(level: Level, { added, warning, error }: Palette): string {
  return { full: added, partial: warning, none: error }[level](level);
}
