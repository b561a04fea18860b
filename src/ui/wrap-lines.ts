import { wrap } from './wrap.ts';

/** Breaks each line of a text at the width of the terminal; what follows a break is indented below its line. */
export function wrapLines(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) =>
      2 * line.length <= columns ? line : wrap(line, columns, `${/^ */.exec(line)?.[0] ?? ''}    `),
    )
    .join('\n');
}
