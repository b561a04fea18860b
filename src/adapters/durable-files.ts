import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/**
 * Creates a file with the mode 0644, or 0600 for a secret, whatever the umask is, and syncs its content. `flush` of the
 * folder syncs the file's name.
 */
export async function writeDurably(
  path: string,
  bytes: Uint8Array,
  { secret = false }: { readonly secret?: boolean },
): Promise<void> {
  // With the exclusive flag the system never follows a link at this name.
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
  const mode = secret ? 0o600 : 0o644;
  const file = await open(path, flags, mode);
  try {
    await file.chmod(mode);
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Appends to an existing regular file and syncs it. */
export async function addDurably(path: string, text: string): Promise<void> {
  // Without O_NONBLOCK, opening a named pipe at this path would block until a reader opens the pipe.
  const flags = constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  const file = await open(path, flags);
  try {
    if (!(await file.stat()).isFile()) throw new Error('it is no regular file');
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Syncs the names in a folder to the disk. */
export async function flush(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
