import { existsSync } from 'node:fs';
import { levelOf, type Matrix, matrixOf, reasonOf } from '../src/core/targets/matrix.ts';
import type { Target } from '../src/core/targets/target.ts';
import { anchor, code, page, prose, table } from './markdown.ts';
import { descriptionOf, type Schema } from './schemas.ts';

/** Returns the page of a target: its notes, its limits with what callers notice, its options. */
export function targetPage(target: Target): string {
  const { name, title, versions, notes = [], owns, optionsSchema, reader } = target;
  const matrix = matrixOf([target]);
  const limits = limitsIn(name, matrix);
  const guide = existsSync(`docs/${name}.md`) ? ` [Working with ${title}](../${name}.md).` : '';
  const imported =
    reader === undefined
      ? ''
      : ` \`mesh import --from ${name}\` [reads what runs there](../import.md) into documents.`;
  const options = optionTable(optionsSchema as Schema | undefined);
  return page(title, `src/core/targets/${name}`, [
    `\`platform: ${name}\`, tested against ${versions.join(', ')}. It writes: ${[...new Set(owns.map(({ kind }) => kind))].join(', ')}.${imported} [All targets](../targets.md) side by side.${guide}`,
    modesIn(matrix),
    ...(notes.length > 0 ? ['## To know first', notes.map((note) => `- ${note}`).join('\n')] : []),
    '## What it keeps',
    table(
      [
        'feature',
        '',
        ...(matrix.columns.length === 1 ? ['kept'] : matrix.columns.map(({ mode = '' }) => mode)),
      ],
      matrix.rows.map(({ feature, what, cells }) => [
        code(feature),
        prose(what),
        ...cells.map((cell) => (cell === 'full' ? 'full' : `[${levelOf(cell)}](#${name}-${feature})`)),
      ]),
    ),
    ...(limits.length > 0
      ? [
          '## Limits',
          'Partial: kept up to the limit, and a loss only where a mesh goes beyond it, unless it says "at each use".',
          limits.join('\n'),
        ]
      : []),
    ...(options === '' ? [] : ['## Options', options]),
  ]);
}

function modesIn({ columns }: Matrix): string {
  return columns
    .flatMap(({ mode, note }) =>
      mode === undefined || note === undefined ? [] : [`Mode ${code(mode)}: ${prose(note)}.`],
    )
    .join('\n');
}

/** Returns a line for each limit; modes with the same limit share a line. */
function limitsIn(name: string, { columns, rows }: Matrix): readonly string[] {
  return rows.flatMap(({ feature, cells }) => {
    const alike = Map.groupBy(
      cells.flatMap((cell, index) => (cell === 'full' ? [] : [{ cell, mode: columns[index]?.mode }])),
      ({ cell }) => JSON.stringify(cell),
    );
    return [...alike.values()].flatMap((group, index) => {
      const [{ cell }] = group as [(typeof group)[number]];
      const modes = group.length < columns.length ? ` (${group.map(({ mode }) => mode).join(', ')})` : '';
      const place = index === 0 ? anchor(`${name}-${feature}`) : '';
      const each = 'partial' in cell && cell.found === 'at each use' ? ' at each use' : '';
      return `- ${place}${code(feature)}${modes}, ${levelOf(cell)}${each}: ${prose(reasonOf(cell))}. What callers notice: ${prose(cell.callers)}.`;
    });
  });
}

function optionTable(schema: Schema | undefined): string {
  const options = (schema?.['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  return table(
    ['option', 'default', 'meaning'],
    Object.entries(options).map(([name, option]) => {
      const values = option['enum'] as readonly unknown[] | undefined;
      const choice = values ? `One of ${values.map((value) => code(String(value))).join(', ')}. ` : '';
      const standard = 'default' in option ? code(String(option['default'])) : '';
      return [code(name), standard, choice + prose(descriptionOf(option))];
    }),
  );
}
