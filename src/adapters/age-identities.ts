import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import { reasonOf } from './file-error.ts';
import { refuseTracked } from './refuse-tracked.ts';
import { readRegularFile, UnfitFileError } from './regular-file.ts';

const run = promisify(execFile);

/** Largest file of identities that is read, in bytes; real files are far smaller. */
const most = 1024 * 1024;

/**
 * Returns the age identities of the first variable that is set and not empty: the value of `MESH_AGE_KEY`, the content
 * of the file `MESH_AGE_KEY_FILE`, or the output of `MESH_AGE_KEY_COMMAND` (split at spaces, no shell). Throws
 * PortError(13) if they can't be read, or if Git could track the file.
 */
export async function ageIdentities(): Promise<readonly string[]> {
  const { MESH_AGE_KEY: given, MESH_AGE_KEY_FILE: file, MESH_AGE_KEY_COMMAND: command } = process.env;
  const text = given || (file ? await readable(file) : command ? await runCommand(command) : '');
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('AGE-SECRET-KEY-'));
}

async function runCommand(command: string): Promise<string> {
  const [program = '', ...args] = command.trim().split(/\s+/);
  try {
    return (await run(program, args)).stdout;
  } catch (cause) {
    throw new PortError(`MESH_AGE_KEY_COMMAND (${program}) failed`, exit.certificate, { cause });
  }
}

async function readable(file: string): Promise<string> {
  try {
    await refuseTracked(file);
    return readRegularFile(file, { most }).toString('utf8');
  } catch (cause) {
    const way = cause instanceof UnfitFileError ? ': MESH_AGE_KEY_COMMAND takes what a program prints' : '';
    throw new PortError(
      `MESH_AGE_KEY_FILE (${file}) can't be read (${reasonOf(cause)})${way}`,
      exit.certificate,
      {
        cause,
      },
    );
  }
}
