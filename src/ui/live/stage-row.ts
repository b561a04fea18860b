import { escapeControl } from '../../core/lib/escape-control.ts';
import type { Palette } from '../palette.ts';
import { quantity } from '../quantity.ts';
import { type OpenProxy, type StageProgress, stageEnd } from './progress.ts';
import type { View } from './view.ts';

/** The state of a stage: in progress, accepted by all reachable proxies, or the one in which the run ended. */
export type Standing = 'now' | 'done' | 'stopped';

/** Returns the state of a stage, by the proxies that accepted it and by the stages after it. */
export function standing(stage: StageProgress, isLast: boolean, result: string | undefined): Standing {
  const counts = openCounts(stage);
  if (counts.rejected > 0) return 'stopped';
  if (!isLast || stage.accepted + counts.unseen >= stage.proxies || result === 'succeeded') return 'done';
  return result === undefined ? 'now' : 'stopped';
}

/** Returns the line of a stage: `✓ make    2 of 3 proxies accepted, 1 unseen`. */
export function stageRow(stage: StageProgress, stands: Standing, view: View): string {
  const { columns, now, palette } = view;
  const marks = { now: palette.strong('▸'), done: palette.added('✓'), stopped: palette.error('✗') };
  const counts = openCounts(stage);
  const open = (['rejected', 'unseen', 'waiting'] as const)
    .filter((state) => counts[state] > 0)
    .map((state) => `, ${String(counts[state])} ${state}`)
    .join('');
  const until = stageEnd(stage);
  const limit = stands === 'now' && until !== undefined ? palette.faint(`, ${timeLeft(until, now)}`) : '';
  return `  ${marks[stands]} ${label(stage.name)}${acceptance(stage, columns)}${open}${limit}`;
}

/** Returns a stage that has not begun. */
export function laterRow(name: string, says: string, palette: Palette): string {
  return palette.faint(`    ${label(name)}${says}`);
}

/**
 * Returns the proxies that have not accepted, by name and reason, in at most `room` lines; on a narrow terminal each
 * takes two lines.
 */
export function openRows(
  { open, proxies, accepted }: StageProgress,
  room: number,
  { columns, palette }: View,
): readonly string[] {
  if (open.size === 0 || room < 1) return [];
  const height = columns < narrow ? 2 : 1;
  const all = (['rejected', 'waiting', 'unseen'] as const).flatMap((wanted) =>
    [...open].filter(([, { state }]) => state === wanted),
  );
  const others = proxies - accepted - open.size;
  const fits = Math.floor(room / height);
  const shown = all.length <= fits && others <= 0 ? all : all.slice(0, Math.floor((room - 1) / height));
  const left = all.length - shown.length + others;
  const rows = shown.flatMap(([id, proxy]) => openRow(id, proxy, height, palette));
  return left > 0 ? [...rows, palette.faint(`      and ${String(left)} more`)] : rows;
}

const narrow = 60;

function openRow(
  id: string,
  { state, reason }: OpenProxy,
  height: number,
  palette: Palette,
): readonly string[] {
  const paint = { rejected: palette.removed, waiting: palette.warning, unseen: palette.warning }[state];
  const head = `      ${paint(state)} ${escapeControl(id)}`;
  if (reason === '') return [head];
  const why = escapeControl(reason);
  return height === 1 ? [`${head}: ${why}`] : [head, palette.faint(`        ${why}`)];
}

function openCounts({ open }: StageProgress): Record<OpenProxy['state'], number> {
  const counts = { rejected: 0, unseen: 0, waiting: 0 };
  for (const { state } of open.values()) counts[state]++;
  return counts;
}

function label(name: string): string {
  return name.padEnd('switch  '.length);
}

function acceptance({ proxies, accepted }: StageProgress, columns: number): string {
  if (proxies === 0) return 'nothing more to wait for';
  const all = columns < narrow ? String(proxies) : quantity(proxies, 'proxy', 'proxies');
  return `${String(accepted)} of ${all} accepted`;
}

function timeLeft(until: string, now: number): string {
  return `${String(Math.max(0, Math.ceil((Date.parse(until) - now) / 1000)))} s left`;
}
