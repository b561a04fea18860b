import type { Diagnostic, Fix } from '../core/diagnostics/diagnostic.ts';
import { worstFirst } from '../core/diagnostics/worst-first.ts';
import { escapeControl } from '../core/lib/escape-control.ts';
import { formatOrigin, originOf } from '../core/location.ts';
import { codeFrame } from '../core/source/code-frame.ts';
import type { SourceText } from '../core/source/document.ts';
import type { Palette } from './palette.ts';
import { quantity } from './quantity.ts';
import { wrap } from './wrap.ts';

/** The most findings of one code that are shown, unless all are framed. */
const mostOfOneCode = 10;

/**
 * Returns the findings for people, the worst first, each with its place and its fix; an empty text if there are none.
 * Only the first `framed` findings are shown with the lines around their places. Of each code, ten findings are shown,
 * and of each finding, ten other places; the rest is counted. An infinite `framed` shows all. Text of documents is
 * always escaped.
 */
export function diagnosticsText(
  diagnostics: readonly Diagnostic[],
  texts: readonly SourceText[],
  palette: Palette,
  columns: number,
  framed = 20,
): string {
  const [first, ...others] = worstFirst(diagnostics);
  if (first === undefined) return '';
  const byFile = new Map(texts.map((text) => [text.file, text]));
  const areAllShown = framed === Number.POSITIVE_INFINITY;
  const { kept, counted } = grouped([first, ...others], areAllShown);
  const places = areAllShown ? Number.POSITIVE_INFINITY : mostRelated;
  const shown = kept.map((diagnostic, index) =>
    block(
      diagnostic,
      index < framed ? byFile.get(diagnostic.location.file) : undefined,
      palette,
      columns,
      places,
    ),
  );
  const fitting = (line: string): string =>
    wrap(line, columns, '  ')
      .split('\n')
      .map((part) => palette.faint(part))
      .join('\n');
  const hint = fitting(`'mesh explain ${first.code}' says more about ${first.code}.`);
  const rest = counted.map((line) => `${fitting(line)}\n`).join('');
  return `${shown.join('\n')}\n${rest}${hint}\n`;
}

/** Returns the findings to show, and for each code with further findings a line that counts them. */
function grouped(
  diagnostics: readonly Diagnostic[],
  areAllShown: boolean,
): { readonly kept: readonly Diagnostic[]; readonly counted: readonly string[] } {
  if (areAllShown) return { kept: diagnostics, counted: [] };
  const numbers = new Map<string, number>();
  const kept = diagnostics.filter(({ code }) => {
    const number = (numbers.get(code) ?? 0) + 1;
    numbers.set(code, number);
    return number <= mostOfOneCode;
  });
  const counted = [...numbers]
    .filter(([, number]) => number > mostOfOneCode)
    .map(([code, number]) => `and ${String(number - mostOfOneCode)} more ${code}; --format json has all`);
  return { kept, counted };
}

function block(
  diagnostic: Diagnostic,
  text: SourceText | undefined,
  palette: Palette,
  columns: number,
  places: number,
): string {
  const { severity, code, location } = diagnostic;
  const message = escapeControl(diagnostic.message);
  const place = escapeControl(formatOrigin(originOf(location)));
  const lines = [`${palette.place(place)} ${palette[severity](severity)} ${palette.faint(code)}`];
  lines.push(...indented(palette.strong, message, columns));
  if (text !== undefined) lines.push(...frame(text, diagnostic, palette, columns));
  for (const related of diagnostic.related.slice(0, places)) {
    const where = escapeControl(formatOrigin(originOf(related.location)));
    lines.push(...indented(palette.faint, `see ${where}: ${escapeControl(related.message)}`, columns));
  }
  const more = diagnostic.related.length - places;
  if (more > 0)
    lines.push(
      ...indented(palette.faint, `and ${quantity(more, 'more place')}; --format json has all`, columns),
    );
  if (diagnostic.fix) lines.push(...indented(palette.added, `fix: ${fixText(diagnostic.fix)}`, columns));
  return lines.map((line) => `${line}\n`).join('');
}

function frame(
  text: SourceText,
  { location, severity }: Diagnostic,
  palette: Palette,
  columns: number,
): readonly string[] {
  const rows = codeFrame(text, location, columns - gutter).split('\n');
  return rows.map((row) => {
    if (/^ +\| +\^+$/.test(row)) return `  ${palette[severity](row)}`;
    return `  ${row.startsWith('>') ? row : palette.faint(row)}`;
  });
}

/** The most other places that are shown of one finding. */
const mostRelated = 10;

/** Columns before a line's text in a frame: the indentation, the mark, the number and the bar. */
const gutter = 10;

function fixText({ title, edits }: Fix): string {
  const [edit] = edits;
  const says = escapeControl(title);
  const short = edits.length === 1 && edit !== undefined && edit.text !== '' && edit.text.length <= 40;
  const isSaid = edit !== undefined && says.includes(edit.text.replace(/[\s,]+$/, ''));
  return short && !isSaid ? `${says}: ${escapeControl(edit.text)}` : says;
}

function indented(colour: (text: string) => string, text: string, columns: number): readonly string[] {
  return wrap(text, columns - 2)
    .split('\n')
    .map((line) => `  ${colour(line)}`);
}
