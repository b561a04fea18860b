import { createTwoFilesPatch } from 'diff';
import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import type { Formatted } from '../core/format/format-source.ts';
import { escapeControl } from '../core/lib/escape-control.ts';
import type { Palette } from './palette.ts';
import { quantity } from './quantity.ts';

/** The files that `fmt` changed, or would change with `check`. */
export interface FmtSummary {
  readonly check: boolean;
  readonly results: readonly Formatted[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Returns the report of `fmt`: the changed files or, with `check`, a diff of each file that would change. */
export function fmtText({ check, results }: FmtSummary, palette: Palette): string {
  const own = results.filter(({ isMesh, diagnostics }) => isMesh && diagnostics.length === 0);
  const changed = own.filter((result) => result.changed);
  const files = changed.map((result) => {
    const name = escapeControl(result.source.file);
    return check ? `${name} is not formatted\n${coloured(diffOf(result), palette)}` : `formatted ${name}\n`;
  });
  const [count, rest] = [quantity(changed.length, 'file'), own.length - changed.length];
  const verdict = check
    ? `${count} of ${String(own.length)} to format${changed.length > 0 ? ": 'mesh fmt' does it" : ''}`
    : `${count} formatted, ${String(rest)} in order already`;
  return `${files.join('')}${verdict}\n`;
}

/** Returns a unified diff (GNU diffutils) from the file to its canonical form. */
export function diffOf({ source, text }: Formatted): string {
  const { file } = source;
  const patch = createTwoFilesPatch(
    `a/${file}`,
    `b/${file}`,
    source.text,
    text.replace(/^\ufeff/, ''),
    '',
    '',
    {
      context: 3,
      headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
    },
  );
  return patch;
}

function coloured(diff: string, palette: Palette): string {
  return diff
    .split('\n')
    .map((line) => {
      const text = escapeControl(line);
      if (/^(?:---|\+\+\+|@@)/.test(line)) return palette.faint(text);
      if (line.startsWith('+')) return palette.added(text);
      return line.startsWith('-') ? palette.removed(text) : text;
    })
    .join('\n');
}
