import { escapeControl } from '../../core/lib/escape-control.ts';
import { eventText } from '../event-text.ts';
import { quantity } from '../quantity.ts';
import type { Progress } from './progress.ts';
import { doneRow, isBegun, targetRows } from './target-rows.ts';
import type { View } from './view.ts';

/** Returns the rows of the live view, fewer than the screen has; a row may be wider than the screen. */
export function frameRows(
  progress: Progress,
  seconds: number,
  stopping: boolean,
  view: View,
): readonly string[] {
  const { palette, rows } = view;
  const head = `${titleOf(progress)}  ${palette.faint(`${String(seconds)} s`)}`;
  const active = Math.max(0, progress.targets.findLastIndex(isBegun));
  const behind = progress.targets.slice(0, active);
  const ahead = progress.targets.slice(active + 1);
  const above = [head, ...behindRows(behind, view)];
  const below = [
    ...(ahead.length > 0 ? [palette.faint(`  then ${namesOf(ahead)}`)] : []),
    ...progress.notices.slice(-shownNotices).map((notice) => eventText(notice, palette) ?? ''),
    ...(stopping ? [`${palette.warning('!')} stopping after the present write`] : []),
  ];
  const target = progress.targets[active];
  const room = rows - 1 - above.length - below.length;
  const middle = target ? targetRows(target, progress.end?.outcome.result, { ...view, rows: room }) : [];
  return [...above, ...middle, ...below].slice(0, Math.max(1, rows - 1));
}

/** Returns the title of a run: `apply 1a2b3c4d5e6f`. */
export function titleOf({ start }: Progress): string {
  return start === undefined ? 'starting' : `${start.command} ${escapeControl(start.revision.slice(0, 12))}`;
}

const shownNotices = 3;
const shownBehind = 3;

function behindRows(behind: Progress['targets'], { palette }: View): readonly string[] {
  const hidden = Math.max(0, behind.length - shownBehind);
  const shown = behind.slice(hidden).map((target) => doneRow(target, palette));
  return hidden > 0 ? [palette.faint(`  ${quantity(hidden, 'target')} before`), ...shown] : shown;
}

function namesOf(targets: Progress['targets']): string {
  return targets.map(({ name }) => escapeControl(name)).join(', ');
}
