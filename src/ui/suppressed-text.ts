import { escapeControl } from '../core/lib/escape-control.ts';
import { formatOrigin, originOf } from '../core/location.ts';
import type { Suppressed } from '../core/suppress/suppressed.ts';
import type { Palette } from './palette.ts';
import { wrap } from './wrap.ts';

/** Returns the findings that comments suppress, each with the reason; an empty text without any. */
export function suppressedText(suppressed: readonly Suppressed[], palette: Palette, columns: number): string {
  return suppressed.map((one) => `${block(one, palette, columns)}\n`).join('');
}

function block(
  { diagnostic, reason, until, comment }: Suppressed,
  palette: Palette,
  columns: number,
): string {
  const place = (at: Suppressed['comment']): string => escapeControl(formatOrigin(originOf(at)));
  const indented = (text: string): string =>
    `  ${wrap(escapeControl(text), columns - 2)
      .split('\n')
      .join('\n  ')}\n`;
  const end = until === undefined ? '' : ` until ${until}`;
  const head = `${palette.place(place(diagnostic.location))} suppressed${end} ${palette.faint(diagnostic.code)}\n`;
  return head + indented(diagnostic.message) + indented(`${place(comment)} says why: ${reason}`);
}
