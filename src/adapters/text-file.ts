import path from 'node:path';
import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import { errorCode, reasonOf } from './file-error.ts';
import { readRegularFile } from './regular-file.ts';

/** Largest file that is read, in bytes; `.gitignore`, hooks and workflows are far smaller. */
const most = 8 * 1024 * 1024;

/** Returns a file below a folder as text, undefined if there is none; throws PortError(1) if it can't be read. */
export function readTextFile(root: string, file: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    resolve(textOf(path.join(root, file)));
  });
}

function textOf(file: string): string | undefined {
  try {
    return readRegularFile(file, { most }).toString('utf8');
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return undefined;
    throw new PortError(`${file} can't be read (${reasonOf(cause)})`, exit.failed, { cause });
  }
}
