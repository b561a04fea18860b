import type { Directory } from '../../../ports/directory.ts';
import { materialFile } from './places.ts';

/**
 * Makes Git ignore an output, whose keys and ledger must not be committed. Keeps a `.gitignore` that somebody else
 * wrote; throws if it doesn't ignore the keys.
 */
export async function hideFromGit(directory: Directory): Promise<void> {
  const isThere = (await directory.entries('.')).some(({ name }) => name === '.gitignore');
  if (!isThere) await directory.replaceFile('.gitignore', '*\n');
  await directory.refuseTracked(materialFile('key'));
}
