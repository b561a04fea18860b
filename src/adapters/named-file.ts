import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import { reasonOf } from './file-error.ts';
import { readRegularFile } from './regular-file.ts';

/** Largest file that is read, in bytes; the plans of all known meshes are smaller. */
const most = 256 * 1024 * 1024;

/** Returns the text of a file that the user named; throws PortError(1) if it can't be read. */
export function readNamedFile(file: string): Promise<string> {
  return new Promise((resolve) => {
    resolve(textOf(file));
  });
}

function textOf(file: string): string {
  try {
    return readRegularFile(file, { most }).toString('utf8');
  } catch (cause) {
    throw new PortError(`${file} can't be read (${reasonOf(cause)})`, exit.failed, { cause });
  }
}
