/** A line of output. The column of its comment depends on the comments of neighbouring lines. */
export interface Line {
  readonly text: string;
  readonly comment?: string;
  /** True if the line ends a text that keeps its line breaks: a blank line after it would belong to the text. */
  readonly isOpen?: boolean;
  /** True if the line is part of a text: it is never dropped or changed. */
  readonly isVerbatim?: boolean;
}

export const blankLine: Line = { text: '' };

/** Longest code that shifts the comments of neighbouring lines, in UTF-16 units. */
const widest = 60;

/** Returns the lines as text: no blank line at either end, no two in a row, comments on neighbouring lines aligned. */
export function joined(lines: readonly Line[]): string {
  const kept: Line[] = [];
  for (const line of lines) {
    const before = kept.at(-1);
    const isBlank = line.text === '' && line.comment === undefined && !line.isVerbatim;
    if (isBlank && (before === undefined || before.text === '' || before.isOpen)) continue;
    kept.push(line);
  }
  while (kept.at(-1)?.text === '' && !kept.at(-1)?.isVerbatim) kept.pop();
  const columns = commentColumns(kept);
  return kept
    .map(({ text, comment }, index) => {
      const column = columns[index] ?? 0;
      return `${comment === undefined ? text : `${text.padEnd(column)} ${comment}`}\n`;
    })
    .join('');
}

/** Returns the column of each comment: in a run of lines with comments, one beyond the longest line. */
function commentColumns(lines: readonly Line[]): readonly number[] {
  const columns: number[] = [];
  let run: number[] = [];
  const close = (): void => {
    const column = Math.max(0, ...run.map((index) => lines[index]?.text.length ?? 0));
    for (const index of run) columns[index] = column;
    run = [];
  };
  lines.forEach(({ text, comment }, index) => {
    columns[index] = 0;
    if (comment === undefined || text.length > widest) close();
    else run.push(index);
  });
  close();
  return columns;
}
