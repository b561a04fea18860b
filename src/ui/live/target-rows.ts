import { escapeControl } from '../../core/lib/escape-control.ts';
import type { Palette } from '../palette.ts';
import { quantity } from '../quantity.ts';
import type { StageProgress, TargetProgress } from './progress.ts';
import { laterRow, openRows, stageRow, standing } from './stage-row.ts';
import type { View } from './view.ts';

/**
 * Returns the rows of a target: its stages, the proxies that have not accepted the last stage, its certificates.
 * `result` is the result of the run once it has ended.
 */
export function targetRows(
  target: TargetProgress,
  result: string | undefined,
  view: View,
): readonly string[] {
  const { palette } = view;
  const name = palette.strong(escapeControl(target.name));
  if (!isBegun(target)) return [`${name}  starting`];
  const last = target.stages.at(-1);
  const certificates =
    target.bound === 0 ? [] : [`  ${palette.added('✓')} ${quantity(target.bound, 'certificate')} bound`];
  const later = laterStages(target).map((stage) =>
    laterRow(stage, result === undefined ? 'waiting' : 'not begun', palette),
  );
  const begun = target.stages.flatMap((stage) => {
    const row = stageRow(stage, standing(stage, stage === last, result), view);
    return stage === last ? [row] : [row, ...openRows(rejected(stage), mostRejected, view)];
  });
  const fixed = [name, ...begun, ...later, ...certificates].length;
  const room = Math.min(mostOpen, view.rows - fixed);
  const open = last === undefined ? [] : openRows(last, room, view);
  return [name, ...begun, ...open, ...later, ...certificates];
}

/** Returns one line about a target that the run has finished. */
export function doneRow({ name, stages, bound }: TargetProgress, palette: Palette): string {
  const last = stages.at(-1);
  const parts = [
    ...(last ? [`${String(last.accepted)} of ${quantity(last.proxies, 'proxy', 'proxies')} accepted`] : []),
    ...(bound > 0 ? [`${quantity(bound, 'certificate')} bound`] : []),
  ];
  const mark = palette.added('✓');
  return `${mark} ${palette.strong(escapeControl(name))}  ${parts.join(', ') || 'nothing to do'}`;
}

/** Returns true if an event reported a stage or a certificate of the target. */
export function isBegun({ stages, bound }: TargetProgress): boolean {
  return stages.length > 0 || bound > 0;
}

/** The most lines about proxies of the present stage, and about proxies that rejected. */
const mostOpen = 10;
const mostRejected = 2;

/** Returns a past stage with only the proxies that rejected it. */
function rejected(stage: StageProgress): StageProgress {
  const open = new Map([...stage.open].filter(([, { state }]) => state === 'rejected'));
  return { ...stage, open, accepted: stage.proxies - open.size };
}

/** Returns the stages that are still to come; none after a step back. */
function laterStages({ way, stages }: TargetProgress): readonly string[] {
  const begun: ReadonlySet<string> = new Set(stages.map(({ name }) => name));
  return begun.has('back') ? [] : way.filter((name) => !begun.has(name));
}
