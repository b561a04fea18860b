import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** Writes a file that isn't there yet, with its mode whatever the umask; it is on the disk, but not yet its name. */
export async function writeDurably(
  path: string,
  bytes: Uint8Array,
  { secret = false }: { readonly secret?: boolean },
): Promise<void> {
  // Exclusive: a link that someone left at this name is never followed.
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

/** Adds to a file that is there. */
export async function addDurably(path: string, text: string): Promise<void> {
  // Without O_NONBLOCK a pipe in its place would wait for somebody who reads it.
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

/** Makes the names in a folder safe. */
export async function flush(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
