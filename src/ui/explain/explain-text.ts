import type { Message } from '../../core/diagnostics/message.ts';
import type { ValueOrigin } from '../../core/explain/origin-of-path.ts';
import { escapeControl } from '../../core/lib/escape-control.ts';
import { flow } from '../../core/lib/flow.ts';
import { formatOrigin } from '../../core/location.ts';
import type { Palette } from '../palette.ts';
import { wrap } from '../wrap.ts';

/** Returns the explanation of a finding's code. */
export function codeText(
  code: string,
  { severity, text, explanation }: Message,
  palette: Palette,
  columns: number,
): string {
  const message = text.replace(/\{(\w+)\}/g, '<$1>').trim();
  return `${palette.strong(code)} ${palette[severity](severity)}\n${block(message, columns)}\n${block(explanation, columns)}`;
}

/** Returns the origins of values: for each value the place that sets it, then the places that it overrides. */
export function originText(origins: readonly ValueOrigin[], palette: Palette, columns: number): string {
  return origins.map((origin) => originBlock(origin, palette, columns)).join('');
}

function originBlock(
  { path, value, by, place, lockedAt, others, overriddenBy = [] }: ValueOrigin,
  palette: Palette,
  columns: number,
): string {
  const at = place === 'built-in' ? 'built in' : `${formatOrigin(place)}, ${by}`;
  const lines = [
    `${palette.strong(escapeControl(path))}: ${shown(value)}`,
    `  ${palette.place(escapeControl(at))}`,
  ];
  if (lockedAt) lines.push(`  locked at ${escapeControl(formatOrigin(lockedAt))}`);
  for (const other of others) {
    const lost = `over ${shown(other.value)} at ${formatOrigin(other.place)}, ${other.by}`;
    lines.push(...indented(escapeControl(lost), columns).map((line) => palette.faint(line)));
  }
  for (const rule of overriddenBy) {
    const won = `${shown(rule.value)} by ${rule.by}, ${formatOrigin(rule.place)}, for the requests it takes`;
    lines.push(...indented(escapeControl(won), columns));
  }
  return lines.map((line) => `${line}\n`).join('');
}

function shown(value: unknown): string {
  const text = value === undefined ? 'off' : escapeControl(flow(value));
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function block(text: string, columns: number): string {
  return indented(text, columns)
    .map((line) => `${line}\n`)
    .join('');
}

function indented(text: string, columns: number): readonly string[] {
  return wrap(text, columns - 2)
    .split('\n')
    .map((line) => `  ${line}`);
}
