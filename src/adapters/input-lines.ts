import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { PortError } from '../ports.ts';

/** The lines of a file, or of standard input for `-`, one by one. */
export async function* inputLines(file: string): AsyncGenerator<string> {
  const stream = file === '-' ? process.stdin : createReadStream(file);
  try {
    yield* createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new PortError(`${file} can't be read (${code})`, 1, { cause });
  }
}
