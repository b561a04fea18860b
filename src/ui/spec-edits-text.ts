import { escapeControl } from '../core/lib/escape-control.ts';
import { formatOrigin } from '../core/location.ts';
import type { SpecEdit } from '../core/plan/spec-edit.ts';
import { cut } from './cut.ts';
import type { Palette } from './palette.ts';
import { specEditLines } from './spec-edit-lines.ts';
import { wrap } from './wrap.ts';

/** The amount of detail, and the width of the terminal in columns. */
export interface SpecEditsOptions {
  readonly verbose: boolean;
  readonly columns: number;
}

/** The most lines without `--verbose`. */
const most = 50;

/** Returns the differences of two specs for people, a line each with its place in the spec. */
export function specEditsText(
  edits: readonly SpecEdit[],
  colours: Palette,
  { verbose, columns }: SpecEditsOptions,
): readonly string[] {
  const marks = { create: colours.added('+'), update: colours.changed('~'), delete: colours.removed('-') };
  const lines = specEditLines(edits).map(({ op, text, origin }) => {
    const place = colours.place(escapeControl(formatOrigin(origin)));
    return wrap(`  ${marks[op]} ${text}  ${place}`, columns, '      ');
  });
  return verbose ? lines : cut(lines, most);
}
