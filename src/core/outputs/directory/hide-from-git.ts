import type { Directory } from '../../../ports/directory.ts';
import { materialFile } from './places.ts';

/**
 * Has Git ignore an output, whose keys and ledger are never for it. A file of that name that someone wrote stays, and
 * has to ignore the keys: throws if it doesn't.
 */
export async function hideFromGit(directory: Directory): Promise<void> {
  const isThere = (await directory.entries('.')).some(({ name }) => name === '.gitignore');
  if (!isThere) await directory.replaceFile('.gitignore', '*\n');
  await directory.refuseTracked(materialFile('key'));
}
