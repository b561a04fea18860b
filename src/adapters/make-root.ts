import { mkdir } from 'node:fs/promises';
import { fileError } from './file-error.ts';

/** Makes the folder of a new mesh, with all folders above it; throws PortError if that can't be done. */
export async function makeRoot(root: string): Promise<void> {
  await mkdir(root, { recursive: true, mode: 0o755 }).catch((error: unknown) => {
    throw fileError('make the folder', root, error);
  });
}
