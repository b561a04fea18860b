import type { HistoryEntry } from '../core/history/entry.ts';
import { escapeControl } from '../core/lib/escape-control.ts';
import type { Palette } from './palette.ts';
import { countsText } from './plan-text.ts';
import { quantity } from './quantity.ts';
import { wrapLines } from './wrap-lines.ts';

/** Returns the runs of one target for people, newest first, in lines of at most `columns`. */
export function historyText(
  target: string,
  entries: readonly HistoryEntry[],
  applied: string | undefined,
  colours: Palette,
  columns: number,
): string {
  const title = colours.strong(`Target ${escapeControl(target)}`);
  if (entries.length === 0) return `${title}\n  Nothing was applied yet.\n`;
  const runs = [...entries].reverse().flatMap((entry) => lines(entry, entry.id === applied, colours));
  return `${wrapLines([title, ...runs].join('\n'), columns)}\n`;
}

function lines(entry: HistoryEntry, isApplied: boolean, colours: Palette): readonly string[] {
  const paint = entry.outcome === 'succeeded' ? colours.added : colours.error;
  const marks = [isApplied && 'applied now', entry.pinned && 'pinned'].filter(Boolean).join(', ');
  const commit =
    entry.commit === undefined
      ? 'no commit'
      : entry.commit.slice(0, 12) + (entry.dirty ? ' and changes' : '');
  const what = entry.rollbackOf === undefined ? entry.command : `rollback to ${entry.rollbackOf}`;
  const again = entry.unchanged
    ? `; ${quantity(entry.unchanged.times, 'later run')} found nothing to do`
    : '';
  return [
    `  ${entry.id}  ${paint(outcomes[entry.outcome])}${marks === '' ? '' : `  ${colours.strong(marks)}`}`,
    `      ${what}, ${commit}, by ${escapeControl(entry.actor)}, ${entry.started}`,
    `      ${countsText(entry.counts)}${again}`,
    ...(entry.supersededBy === undefined
      ? []
      : [`      ${entry.supersededBy} went on from where it stopped`]),
    ...(entry.cause === undefined ? [] : [`      ${escapeControl(entry.cause)}`]),
  ];
}

const outcomes: Readonly<Record<HistoryEntry['outcome'], string>> = {
  running: 'under way, or was killed',
  succeeded: 'succeeded',
  incomplete: 'incomplete',
  unconfirmed: 'written, not confirmed',
  failed: 'failed',
  refused: 'refused',
  interrupted: 'interrupted',
  superseded: 'stopped half way, another run went on',
};
