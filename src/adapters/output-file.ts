import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exit } from '../core/exit-code.ts';
import { type Form, printable } from '../core/lib/printable.ts';
import { PortError } from '../ports/port-error.ts';
import { writeWhole } from './write-whole.ts';

/** Writes a file that the user named: whole or not at all, unless it is a pipe or a device. */
export async function writeOutput(file: string, text: string | Iterable<string>, form: Form): Promise<void> {
  const written = typeof text === 'string' ? printable(text, form) : printableParts(text, form);
  try {
    const absolute = path.resolve(file);
    if (await isSpecial(absolute)) await writeFile(absolute, written);
    else await writeWhole(absolute, written, 0o666);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new PortError(`${file} can't be written (${code})`, exit.failed, { cause });
  }
}

function* printableParts(parts: Iterable<string>, form: Form): Iterable<string> {
  for (const part of parts) yield printable(part, form);
}

async function isSpecial(file: string): Promise<boolean> {
  const status = await stat(file).catch(() => undefined);
  return status !== undefined && !status.isFile();
}
