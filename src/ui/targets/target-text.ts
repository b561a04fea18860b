import { escapeControl } from '../../core/lib/escape-control.ts';
import { flow } from '../../core/lib/flow.ts';
import { formatOrigin } from '../../core/location.ts';
import {
  type Column,
  levelOf,
  type Matrix,
  optionsOf,
  type Row,
  reasonOf,
} from '../../core/targets/matrix.ts';
import type { Capability } from '../../core/targets/target.ts';
import type { Palette } from '../palette.ts';
import { wrap } from '../wrap.ts';

/**
 * Returns the description of one target: versions, modes, options, then the features that it supports in part or not at
 * all, then the fully supported ones.
 */
export function targetText({ columns, rows }: Matrix, palette: Palette, width: number): string {
  const [first] = columns;
  if (first === undefined) return '';
  const { name, title, versions, notes = [], owns, reader } = first.target;
  const whole = rows.filter(({ cells }) => cells.every((cell) => cell === 'full'));
  const platform = `platform: ${name}`;
  const gap = title.length + 2 + platform.length <= width ? '  ' : '\n';
  const parts = [
    `${palette.strong(title)}${gap}${palette.faint(platform)}\n`,
    `${hanging('versions  ', versions.join(', '), width)}${hanging('writes    ', owns.map(({ kind }) => kind).join(', '), width)}${reader === undefined ? '' : hanging('read by   ', `mesh import --from ${name}`, width)}`,
    modes(columns, width),
    options(first, width),
    notes.map((note) => hanging('- ', note, width)).join(''),
    ...rows.filter((row) => !whole.includes(row)).map((row) => limited(row, columns, palette, width)),
    whole.length === 0
      ? ''
      : `${palette.added('kept whole')}\n${whole.map((row) => kept(row, width)).join('')}`,
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function modes(columns: readonly Column[], width: number): string {
  return columns
    .flatMap(({ mode, options: chosen, isDefault, note }) => {
      if (mode === undefined) return [];
      const how = isDefault ? 'the default' : `options: ${flow(chosen)}`;
      return [hanging(`mode ${mode}: `, [how, note].filter(Boolean).join('; '), width)];
    })
    .join('');
}

function options({ target }: Column, width: number): string {
  return optionsOf(target)
    .map((option) => {
      const standard = 'default' in option ? ` (default: ${flow(option.default)})` : '';
      const choice = option.values ? `One of ${option.values.map(flow).join(', ')}. ` : '';
      return `${hanging('option ', `${option.name}${standard}`, width)}${indented(choice + option.description, 4, width)}`;
    })
    .join('');
}

/** Returns a feature that some mode supports in part or not at all; modes that are alike are shown together. */
function limited(
  { feature, what, cells, uses }: Row,
  columns: readonly Column[],
  palette: Palette,
  width: number,
): string {
  const alike = new Map<string, { readonly cell: Capability; readonly modes: string[] }>();
  for (const [index, cell] of cells.entries()) {
    const key = JSON.stringify(cell);
    const group = alike.get(key) ?? { cell, modes: [] };
    group.modes.push(columns[index]?.mode ?? '');
    alike.set(key, group);
  }
  const groups = [...alike.values()].map(({ cell, modes: own }) => {
    const named = alike.size > 1 ? `${own.join(' and ')}: ` : '';
    const level = levelOf(cell);
    if (cell === 'full') return groupHead(named, level, '', palette.added, width);
    const when = 'partial' in cell && cell.found === 'by limits' ? ', up to a limit' : '';
    const says = indented(`${reasonOf(cell)}. What callers notice: ${cell.callers}.`, 4, width);
    const paint = level === 'none' ? palette.error : palette.warning;
    return `${groupHead(named, level, when, paint, width)}${says}`;
  });
  return `${head(feature, what, palette, width)}${groups.join('')}${places(uses, width)}`;
}

/** Returns the modes of a group and their level, broken to lines before the level is coloured. */
function groupHead(
  named: string,
  level: string,
  when: string,
  paint: (text: string) => string,
  width: number,
): string {
  const text = indented(`${named}${level}${when}`, 2, width);
  const at = text.lastIndexOf(level);
  return `${text.slice(0, at)}${paint(level)}${text.slice(at + level.length)}`;
}

function kept({ feature, what, uses }: Row, width: number): string {
  return `${indented(`${feature}: ${what}`, 2, width)}${places(uses, width)}`;
}

function head(feature: string, what: string, palette: Palette, width: number): string {
  // Colour the feature after its line is broken: the width must not count colour codes.
  const rest = hanging(`${feature}  `, what, width).slice(feature.length);
  return palette.strong(feature) + palette.faint(rest);
}

/** Returns the first three places of a mesh that use the feature. */
function places(uses: Row['uses'], width: number): string {
  if (uses === undefined) return '';
  const shown = uses.slice(0, 3).map((place) => escapeControl(formatOrigin(place)));
  const more = uses.length > shown.length ? [`${uses.length - shown.length} more`] : [];
  return indented(`used at ${[...shown, ...more].join(', ')}`, 4, width);
}

function indented(text: string, by: number, width: number): string {
  const indent = ' '.repeat(by);
  return wrap(text, width - by)
    .split('\n')
    .map((line) => `${indent}${line}\n`)
    .join('');
}

function hanging(label: string, text: string, width: number): string {
  return `${wrap(label + text, width, '    ')}\n`;
}
