import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import { reasonOf } from './file-error.ts';
import { piecesOfRegularFile } from './regular-file.ts';

/** The longest line that is read, in characters; the largest request that a proxy takes is far below it. */
export const longestLine = 1024 * 1024;

/**
 * Yields the lines of a file, or of standard input for `-`, one by one: only one line is held. Throws PortError(1) if
 * the file can't be read or a line is longer than `longestLine`.
 */
export async function* inputLines(file: string): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  let line = 0;
  for await (const piece of piecesOf(file)) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const text of lines) yield checked(file, ++line, text.endsWith('\r') ? text.slice(0, -1) : text);
    checked(file, line + 1, rest);
  }
  rest += decoder.decode();
  if (rest !== '') yield checked(file, line + 1, rest);
}

function checked(file: string, line: number, text: string): string {
  if (text.length <= longestLine) return text;
  const name = file === '-' ? 'standard input' : file;
  throw new PortError(
    `${name}:${String(line)}: the line is longer than ${String(longestLine)} characters: write one request a line`,
    exit.failed,
  );
}

async function* piecesOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* file === '-' ? (process.stdin as AsyncIterable<Uint8Array>) : piecesOfRegularFile(file, {});
  } catch (cause) {
    const way = file === '-' ? '' : "; '-' reads standard input";
    throw new PortError(`${file} can't be read (${reasonOf(cause)})${way}`, exit.failed, { cause });
  }
}
