import { wrap } from './wrap.ts';

/**
 * Breaks each line of a text at the width of the terminal; what follows a break is indented below its line. A line that
 * is a command stays whole, so that it can be copied.
 */
export function wrapLines(text: string, columns: number): string {
  return text
    .split('\n')
    .map((line) => {
      // No character is wider than two columns.
      if (2 * line.length <= columns || isCommand.test(line)) return line;
      return wrap(line, columns, `${/^ */.exec(line)?.[0] ?? ''}    `);
    })
    .join('\n');
}

/** Matches a command, with or without the colours of the palette. */
const isCommand = /^(?:\u001b\[\d+m)? *(?:mesh [a-z]+|Try: curl) /;
