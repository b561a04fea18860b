import type { Check } from '../core/doctor/check.ts';
import { escapeControl } from '../core/lib/escape-control.ts';
import { beside, isNarrow } from './beside.ts';
import type { Palette } from './palette.ts';
import { quantity } from './quantity.ts';
import { wrap } from './wrap.ts';

/** Returns the report of `doctor`: a summary, then a line for each check with what to do. */
export function doctorText(checks: readonly Check[], palette: Palette, columns: number): string {
  const failed = checks.filter(({ state }) => state === 'fail').length;
  const noted = checks.filter(({ state }) => state === 'note').length;
  const notes = noted === 0 ? '' : ` (${quantity(noted, 'note')})`;
  const answer =
    failed === 0
      ? `${palette.added('everything that was looked at works')}${notes}`
      : `${palette.error(`${quantity(failed, 'thing')} will not work`)}${notes}`;
  const width = Math.max(...checks.map(({ name }) => name.length));
  return `${answer}\n\n${checks.map((check) => block(check, width, palette, columns)).join('')}`;
}

function block(check: Check, width: number, palette: Palette, columns: number): string {
  const { state } = check;
  const marks = { ok: palette.added('ok  '), note: palette.warning('note'), fail: palette.error('fail') };
  const place = { indent: 6 + width + 2, columns };
  const title = `${marks[state]}  ${check.name}`;
  const line = `${beside(title, 6 + check.name.length, escapeControl(check.says), place)}\n`;
  if (check.do === undefined) return line;
  const lead = isNarrow(place) ? '    ' : ' '.repeat(place.indent);
  const advice = wrap(escapeControl(check.do), Math.max(20, columns - lead.length - 3))
    .split('\n')
    .join(`\n${lead}   `);
  return `${line}${lead}${palette.place('→')}  ${advice}\n`;
}
