/** A line of output; its comment is put in place when those of its neighbours are known. */
export interface Line {
  readonly text: string;
  readonly comment?: string;
  /** It ends a text that keeps its line breaks: a blank line after it would be one more of them. */
  readonly isOpen?: boolean;
  /** Part of a text: never dropped, and nothing of it is changed. */
  readonly isVerbatim?: boolean;
}

export const blankLine: Line = { text: '' };

/** Code that is longer doesn't push the comments of its neighbours aside. */
const widest = 60;

/** The lines as text: no blank line at either end, no two in a row, comments on neighbouring lines aligned. */
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

/** The columns at which comments stand: in a run of lines with comments one beyond the longest of them. */
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
