import { escapeControl, shownCharacters } from '../lib/escape-control.ts';
import type { Location } from '../location.ts';
import type { SourceText } from './document.ts';

/** The number of lines that are shown before and after the place. */
const context = 2;

/** The most columns of a line that are shown, unless the caller asks for fewer. */
const widest = 100;

/**
 * Returns the lines around a place, numbered, with carets under the place; a place of several lines is marked only on
 * its first. Control characters are escaped, wide characters count as two columns, and a long line is cut to the part
 * around the place.
 */
export function codeFrame(source: SourceText, { range: { start, end } }: Location, width = widest): string {
  const first = Math.max(1, start.line - context);
  const last = Math.max(start.line, Math.min(lineCount(source), start.line + context));
  const gutter = String(last).length;
  const from = start.column - 1;
  const to = end.line === start.line ? end.column - 1 : Number.POSITIVE_INFINITY;
  const left = windowStart(lineText(source, start.line), from, to, width);
  const rows: string[] = [];
  for (let line = first; line <= last; line += 1) {
    const { text, carets } = row(lineText(source, line), left, { from, to, width });
    const mark = line === start.line ? '>' : ' ';
    rows.push(`${mark} ${String(line).padStart(gutter)} | ${text}`.trimEnd());
    if (line === start.line) rows.push(`  ${' '.repeat(gutter)} | ${carets}`);
  }
  return rows.join('\n');
}

/**
 * Returns the offset at which the shown part of a long line starts, so that the place and some text before it are
 * visible.
 */
function windowStart(line: string, from: number, to: number, width: number): number {
  if (line.length <= width) return 0;
  const end = Math.min(Math.max(to, from + 1), from + width / 2, line.length);
  return end <= width - 4 ? 0 : Math.min(from - 20, line.length - width + 10);
}

/** Returns a line of the source and, below it, carets under the offsets `from` to `to`, at least one. */
function row(
  line: string,
  left: number,
  { from, to, width }: { readonly from: number; readonly to: number; readonly width: number },
): { readonly text: string; readonly carets: string } {
  let text = left > 0 ? '…' : '';
  let columns = text.length;
  let before = 0;
  let under = 0;
  let at = Math.max(0, left);
  for (const character of shownCharacters(line.slice(at))) {
    const shown = escapeControl(character);
    const size = shown === character ? columnsOf(character) : shown.length;
    if (columns + size > width) {
      text += '…';
      break;
    }
    if (at < from) before = columns + size;
    else if (at < to) under += size;
    text += shown;
    columns += size;
    at += character.length;
  }
  if (at <= from) before = columns;
  return { text, carets: ' '.repeat(before) + '^'.repeat(Math.max(1, under)) };
}

/**
 * Returns the columns of a character in a terminal: two for East Asian wide ones and emoji, none for combining marks.
 */
function columnsOf(character: string): number {
  if (/^\p{ASCII}$/u.test(character)) return 1;
  if (/^[\p{Mn}\p{Me}]$/u.test(character)) return 0;
  // An emoji sequence is as wide as one emoji.
  return character.length > 2 || wide.test(character) ? 2 : 1;
}

const wide =
  /^(?:[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation})$/u;

function lineCount({ text, lineStarts }: SourceText): number {
  const isEmptyEnd = lineStarts.length > 1 && lineStarts.at(-1) === text.length;
  return lineStarts.length - (isEmptyEnd ? 1 : 0);
}

/** Returns a line without its line break. */
function lineText({ text, lineStarts }: SourceText, line: number): string {
  return text
    .slice(lineStarts[line - 1] ?? text.length, lineStarts[line] ?? text.length)
    .replace(/[\r\n]+$/, '');
}
