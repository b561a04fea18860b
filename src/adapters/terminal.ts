import { fstatSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { printable } from '../core/lib/printable.ts';
import type { Console } from '../ports/console.ts';
import { printError, printOut, printParts } from './standard-streams.ts';
import { takeKeys } from './take-keys.ts';

/**
 * Returns the process's own streams. Colours depend on NO_COLOR, FORCE_COLOR, TERM=dumb and `--no-color`, the live view
 * on TERM=dumb and CI.
 */
export function terminal(noColour: boolean): Console {
  const { stdout, stderr, stdin } = process;
  const outColour = coloured(stdout, noColour);
  const errorColour = coloured(stderr, noColour);
  return {
    out: (text, form) => printOut(text, form, outColour),
    outParts: (parts, form) => printParts(parts, form, outColour),
    error: (text) => printError(text, errorColour),
    outIsTerminal: stdout.isTTY,
    outIsPipe: outIsPipe(),
    ...(canDraw(stderr) && { liveError: stderr }),
    ...(stdin.isTTY && { takeKeys: () => takeKeys(stdin) }),
    inputIsTerminal: stdin.isTTY,
    columns: stdout.columns || stderr.columns || columnsFromEnvironment() || 80,
    outColour,
    errorColour,
    async ask(question, signal) {
      const lines = createInterface({ input: stdin, output: stderr });
      try {
        return await lines.question(printable(question, 'text'), signal ? { signal } : {});
      } catch (error) {
        // Ctrl-C and signals end the question, too.
        if (error instanceof Error && error.name === 'AbortError') return undefined;
        throw error;
      } finally {
        lines.close();
      }
    },
  };
}

/** Returns the number in COLUMNS (POSIX, 8.3), the width without a terminal; undefined if COLUMNS is no such number. */
function columnsFromEnvironment(): number | undefined {
  const { COLUMNS: columns = '' } = process.env;
  return /^[1-9]\d{1,3}$/.test(columns) ? Number(columns) : undefined;
}

function coloured(stream: NodeJS.WriteStream, noColour: boolean): boolean {
  const { env } = process;
  if (noColour || env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  return stream.isTTY && env['TERM'] !== 'dumb';
}

function outIsPipe(): boolean {
  try {
    const kind = fstatSync(1);
    return kind.isFIFO() || kind.isSocket();
  } catch {
    // A closed descriptor is no pipe.
    return false;
  }
}

function canDraw(stream: NodeJS.WriteStream): boolean {
  const { CI: ci = '', TERM: term } = process.env;
  return stream.isTTY && term !== 'dumb' && ['', '0', 'false'].includes(ci);
}
