import { type Form, printable } from '../core/lib/printable.ts';

/** Writes to standard output; the only way there. A document goes out as it is unless a terminal shows it. */
export function printOut(text: string, form: Form, coloured = false): void {
  const { stdout } = process;
  stdout.write(printable(text, form === 'verbatim' && stdout.isTTY ? 'text' : form, coloured));
}

/** Writes text for people to standard error; the only way there beside the live view. */
export function printError(text: string, coloured = false): void {
  process.stderr.write(printable(text, 'text', coloured));
}

/** A reader that has seen enough, such as `head`, is no failure and changes no exit code. */
export function tolerateClosedStreams(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
