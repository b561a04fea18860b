import { escapeControl } from '../core/lib/escape-control.ts';
import type { Refusal } from '../core/refusal.ts';
import type { Palette } from './palette.ts';

/** Returns every reason why a run does not begin, for people. */
export function refusalsText(refusals: readonly Refusal[], { error }: Palette): string {
  return refusals
    .flatMap(({ message, details = [] }) => [
      `${error('mesh:')} ${escapeControl(message)}${details.length > 0 ? ':' : ''}`,
      ...details.map((detail) => `  - ${escapeControl(detail)}`),
    ])
    .map((line) => `${line}\n`)
    .join('');
}
