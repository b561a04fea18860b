import {
  type Column,
  levelOf,
  type Matrix,
  optionsOf,
  type Row,
  reasonOf,
} from '../../core/targets/matrix.ts';
import type { Target } from '../../core/targets/target.ts';
import { jsonText } from '../json-text.ts';

/** Returns the output of `targets --format json`. */
export function targetsJson({ columns, rows }: Matrix): string {
  const targets = [...new Set(columns.map(({ target }) => target))];
  return jsonText({
    formatVersion: '1.0',
    targets: targets.map((target) => targetJson(target, columns)),
    features: rows.map((row) => rowJson(row, columns)),
  });
}

function targetJson(target: Target, columns: readonly Column[]): object {
  const { name, title, versions, notes, owns } = target;
  const own = columns.filter((column) => column.target === target);
  return {
    name,
    title,
    versions,
    kinds: owns,
    ...(notes && { notes }),
    options: optionsOf(target),
    ...(own.some(({ mode }) => mode !== undefined) && {
      modes: own.map(({ mode, isDefault, note }) => ({
        name: mode,
        isDefault,
        ...(note !== undefined && { note }),
      })),
    }),
  };
}

function rowJson({ feature, what, cells, uses }: Row, columns: readonly Column[]): object {
  return {
    name: feature,
    what,
    support: columns.map(({ target, mode }, index) => {
      const cell = cells[index] ?? 'full';
      return {
        target: target.name,
        ...(mode !== undefined && { mode }),
        level: levelOf(cell),
        ...(cell !== 'full' && { reason: reasonOf(cell), callers: cell.callers }),
        ...(cell !== 'full' && 'partial' in cell && { found: cell.found }),
      };
    }),
    ...(uses && { uses }),
  };
}
