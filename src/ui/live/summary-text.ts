import { escapeControl } from '../../core/lib/escape-control.ts';
import { eventText } from '../event-text.ts';
import type { Palette } from '../palette.ts';
import { quantity } from '../quantity.ts';
import { wrapLines } from '../wrap-lines.ts';
import { titleOf } from './frame-rows.ts';
import type { Progress } from './progress.ts';
import { isBegun, targetRows } from './target-rows.ts';

/**
 * Returns the text that stays on the screen after a live view: each target, the last notices, the end of the run;
 * nothing is cut.
 */
export function summaryText(progress: Progress, seconds: number, columns: number, palette: Palette): string {
  const { targets, notices, earlierNotices, end } = progress;
  const result = end?.outcome.result ?? 'stopped';
  const view = { columns, rows: Infinity, now: 0, palette };
  // Leave out targets without work, and the targets after a failed one.
  const reached = ['succeeded', 'unchanged'].includes(result)
    ? targets.length
    : targets.findLastIndex(isBegun) + 1;
  const rows = [
    `${titleOf(progress)}  ${palette.faint(`${String(seconds)} s`)}`,
    ...targets.flatMap((target, i) =>
      isBegun(target)
        ? targetRows(target, result, view)
        : [`${palette.strong(escapeControl(target.name))}  ${i < reached ? 'nothing to do' : 'not begun'}`],
    ),
    ...(earlierNotices > 0 ? [palette.faint(quantity(earlierNotices, 'earlier notice'))] : []),
    ...[...notices, ...(end ? [end] : [])].map((event) => eventText(event, palette) ?? ''),
  ];
  return rows.map((row) => `${wrapLines(row, columns)}\n`).join('');
}
