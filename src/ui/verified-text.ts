import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import type { Verified } from '../core/import/verify/verify-output.ts';
import { escapeControl } from '../core/lib/escape-control.ts';
import type { Palette } from './palette.ts';
import { planMeaning } from './plan-meaning.ts';
import { quantity } from './quantity.ts';

/** The most objects and errors that are named. */
const most = 5;

/** Returns the result of `compile --verify` for one target; `verified` is absent if the mesh has no reader. */
export function verifiedText(
  name: string,
  title: string,
  verified: Verified | undefined,
  colours: Palette,
): string {
  const target = escapeControl(name);
  if (verified === undefined)
    return `${colours.error('not verified')} ${target}: mesh cannot read the configuration of ${title} back\n`;
  const { isEqual, report, shown, unread, errors } = verified;
  const losses = new Map(shown.map(({ loss, box }) => [loss.message, box]));
  const declared = [...losses].map(([message, box]) => {
    const request = `${box.request.method} ${box.request.path}`;
    return `  ${colours.warning('!')} declared, and shown by ${escapeControl(request)} to ${escapeControl(box.to)}: ${escapeControl(message)}\n`;
  });
  const more = unread.length > most ? ` and ${String(unread.length - most)} more` : '';
  const names = unread.slice(0, most).map((one) => escapeControl(one));
  const left = unread.length === 0 ? [] : [`  not read back: ${names.join(', ')}${more}\n`];
  if (isEqual) {
    const but =
      losses.size > 0 ? `, but for ${quantity(losses.size, 'declared loss', 'declared losses')}` : '';
    return `verified ${target}: the output decides every request as the spec does (proved)${but}\n${[...declared, ...left].join('')}`;
  }
  const lines = [
    `${colours.error('not verified')} ${target}: the output, read back, is not proved to mean the same\n`,
    ...errors.slice(0, most).map((error) => `  ${colours.error('!')} ${errorText(error, name)}\n`),
    ...(report === undefined ? [] : planMeaning(report, colours).map((line) => `  ${line}\n`)),
    ...(report?.settings ?? []).map((setting) => `  ${colours.changed('~')} ${escapeControl(setting)}\n`),
    ...declared,
    ...left,
  ];
  return lines.join('');
}

/** Returns a finding about the output of a target with its place there; the mesh that was read back has no place that people see. */
function errorText({ message, location: { file, range } }: Diagnostic, target: string): string {
  const { line, column } = range.start;
  const place = file.startsWith(`${target}/`) ? `${file}:${String(line)}:${String(column)} ` : '';
  return escapeControl(`${place}${message}`);
}
