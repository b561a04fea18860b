import type { Directory } from '../../../ports/directory.ts';
import type { Owned } from '../../history/state.ts';
import type { Kept, Tidied } from '../output-driver.ts';
import { linksOf, type OwnedFolders } from './owned.ts';
import { materialFolder, materialOfLink, memoryFolder, revisionsFolder, secretsLink } from './places.ts';
import { DirectoryRecords } from './records.ts';

/**
 * Removes our own unused files: revisions that `Kept` doesn't name, material that isn't current, links of removed
 * proxies, the records of removed revisions and material, and temporary files of a killed run.
 */
export async function tidy(directory: Directory, owned: Owned, { now, before }: Kept): Promise<Tidied> {
  const there = async (folder: string): Promise<ReadonlySet<string>> =>
    new Set((await directory.entries(folder)).map(({ name }) => name));
  const kept = new Set([now?.mark, before].filter((mark) => mark !== undefined));
  const revisions = await there(revisionsFolder);
  for (const name of owned['revisions'] ?? []) {
    if (revisions.has(name) && !kept.has(name)) await directory.remove(`${revisionsFolder}/${name}`);
  }
  const material = materialOfLink(await directory.linkTarget(secretsLink));
  const folders = await there(materialFolder);
  for (const name of owned['material'] ?? []) {
    if (folders.has(name) && name !== material) await directory.remove(`${materialFolder}/${name}`);
  }
  const links = new Set(now ? linksOf(now.revision).values() : []);
  for (const link of owned['links'] ?? []) if (!links.has(link)) await removeLink(directory, link);
  const snapshots = await new DirectoryRecords(directory).keepOnly(kept, material);
  await removeStrays(directory);
  const left: OwnedFolders = {
    revisions: [...kept].filter((name) => revisions.has(name)).sort(),
    material: material === undefined ? [] : [material],
    links: [...links].sort(),
  };
  return { owned: left, snapshots };
}

/** Removes a proxy's link, and the working directory if nothing else is in it. */
async function removeLink(directory: Directory, link: string): Promise<void> {
  if ((await directory.linkTarget(link)) === undefined) return;
  await directory.remove(link);
  const folder = link.slice(0, link.lastIndexOf('/'));
  if ((await directory.entries(folder)).length === 0) await directory.remove(folder);
}

const folders = [
  memoryFolder,
  `${memoryFolder}/history`,
  `${memoryFolder}/material`,
  `${memoryFolder}/revisions`,
  `${memoryFolder}/snapshots`,
  `${memoryFolder}/rollouts`,
  `${memoryFolder}/evidence`,
  'config',
  'secrets',
];

/** Removes the temporary files of a killed run, except those of locks, which the next taker of the lock removes. */
async function removeStrays(directory: Directory): Promise<void> {
  await directory.remove('.gitignore.new');
  for (const folder of folders) {
    for (const { name } of await directory.entries(folder)) {
      if (name.endsWith('.new') && !name.startsWith('lock.')) await directory.remove(`${folder}/${name}`);
    }
  }
}
