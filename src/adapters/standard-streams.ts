import { exit } from '../core/exit-code.ts';
import { type Form, printable } from '../core/lib/printable.ts';

/**
 * Writes to standard output, which only this function and `printParts` do. A document is written unchanged unless a
 * terminal shows it.
 */
export function printOut(text: string, form: Form, coloured = false): void {
  const { stdout } = process;
  stdout.write(printable(text, form === 'verbatim' && stdout.isTTY ? 'text' : form, coloured));
}

/**
 * Writes parts to standard output, each after the one before is written, so that a large answer is never in memory as a
 * whole.
 */
export async function printParts(parts: Iterable<string>, form: Form, coloured = false): Promise<void> {
  const { stdout } = process;
  for (const part of parts) {
    const written = printable(part, form, coloured);
    const error = await new Promise<unknown>((resolve) => stdout.write(written, resolve));
    // `watchStandardStreams` reports it.
    if (error) return;
  }
}

/** Writes text for people to standard error, which only this function and the live view do. */
export function printError(text: string, coloured = false): void {
  process.stderr.write(printable(text, 'text', coloured));
}

/**
 * Watches the standard streams for errors. A reader that stops early, such as `head`, is no failure and changes no exit
 * code; any other error, such as a full disk, is thrown as a PortError(1) that names the stream.
 */
export function watchStandardStreams(): void {
  const streams = { 'standard output': process.stdout, 'standard error': process.stderr };
  for (const [name, stream] of Object.entries(streams)) {
    stream.on('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EPIPE') return;
      // Import the error only now: `mesh --version` doesn't need it.
      void import('../ports/port-error.ts').then(({ PortError }) => {
        throw new PortError(`${name} can't be written (${cause.code ?? cause.message})`, exit.failed, {
          cause,
        });
      });
    });
  }
}

/** Returns the width of standard error in columns; undefined if it is no terminal. */
export function errorColumns(): number | undefined {
  const { isTTY, columns } = process.stderr;
  return isTTY ? columns || 80 : undefined;
}
