import type { Directory } from '../../ports.ts';

/** Keys and the ledger are never for Git; a file of that name that someone wrote stays. */
export async function hideFromGit(directory: Directory): Promise<void> {
  if ((await directory.entries('.')).some(({ name }) => name === '.gitignore')) return;
  await directory.replaceFile('.gitignore', '*\n');
}
