import { escapeControl } from '../core/lib/escape-control.ts';
import { cut } from './cut.ts';
import type { TargetHistory } from './history-json.ts';
import { historyText } from './history-text.ts';
import { operationMarks } from './operation-marks.ts';
import type { Palette } from './palette.ts';
import { quantity } from './quantity.ts';
import { type SpecEditsOptions, specEditsText } from './spec-edits-text.ts';

/** Returns one recorded run of a target for people: the entry, the differences of the spec, and the objects. */
export function runText(
  target: string,
  { applied, entries, spec }: TargetHistory,
  colours: Palette,
  options: SpecEditsOptions,
): string {
  const objects = entries.flatMap((entry) => entry.objects);
  const lines = objects.map(
    ({ op, ref, result }) =>
      `  ${operationMarks[op]} ${escapeControl(ref)}${result === 'done' ? '' : colours.warning('  not done')}`,
  );
  const shown =
    options.verbose || spec === undefined || spec.length === 0
      ? cut(lines, options.verbose ? Number.POSITIVE_INFINITY : 50)
      : [`  Objects: ${quantity(objects.length, 'change')} (--verbose lists them)`];
  return [
    historyText(target, entries, applied, colours, options.columns).trimEnd(),
    ...(spec === undefined
      ? ['  Spec: not computed, since the spec before or after is not recorded any more']
      : []),
    ...(spec?.length === 0 ? ['  Spec: no difference'] : []),
    ...specEditsText(spec ?? [], colours, options),
    ...(objects.length === 0 ? [] : shown),
    '',
  ].join('\n');
}
