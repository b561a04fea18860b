import type { Directory } from '../../../ports/directory.ts';
import { Ledger } from '../../history/ledger.ts';
import type { Obstacle } from '../../history/observed.ts';
import { DirectoryStore } from './directory-store.ts';
import { configLink, memoryFolder, ownNames, revisionOfLink, revisionsFolder } from './places.ts';

/** The lost part of a directory's memory: the state alone, or all of it. */
export type Loss = 'state' | 'memory';

/** Obstacles to a run; `lost` names a loss that is the only obstacle. */
export interface Obstacles {
  readonly foreign: readonly Obstacle[];
  readonly lost?: Loss;
}

/** Returns the obstacles in a directory that was never ours, or that has other things in the place of our folders. */
export async function findObstacles(directory: Directory): Promise<Obstacles> {
  const entries = new Map((await directory.entries('.')).map(({ name, type }) => [name, type]));
  const linked = ownNames.filter((name) => entries.has(name) && entries.get(name) !== 'folder');
  if (linked.length > 0) return { foreign: linked.map((path) => ({ path, why: 'it is no folder of ours' })) };
  if ((await new Ledger(new DirectoryStore(directory)).readState()) !== undefined) return { foreign: [] };
  const unclaimed = await isUnclaimed(directory);
  const ours = ownNames.filter((name) => entries.has(name) && !(name === memoryFolder && unclaimed));
  const isRead = revisionOfLink(await directory.linkTarget(configLink)) !== undefined;
  if (isRead && ours.includes(revisionsFolder)) {
    return ours.includes(memoryFolder)
      ? { foreign: [{ path: memoryFolder, why: stateLost }], lost: 'state' }
      : { foreign: [{ path: memoryFolder, why: memoryLost }], lost: 'memory' };
  }
  const others = [...entries.keys()].filter((name) => !ownNames.includes(name) && !harmless.has(name));
  return {
    foreign: [
      ...ours.map((path) => ({ path, why: 'it was there before the first apply' })),
      ...(others.length > 0 ? [{ path: directory.path, why: notEmpty(others) }] : []),
    ],
  };
}

/**
 * Returns the obstacle of a lost state, with the way out. `isKnown` is true if the rest of the output confirms the
 * inventory.
 */
export function lostState(inventory: string, isKnown: boolean): readonly Obstacle[] {
  const why = isKnown
    ? `its state.json is lost, and its other files name ${inventory}: --adopt ${memoryFolder} rebuilds the state from them`
    : `its state.json is lost, and its other files do not name ${inventory}: name another folder or, if proxies of ${inventory} read this one, move ${memoryFolder} away and say --adopt ${memoryFolder}`;
  return [{ path: memoryFolder, why }];
}

const stateLost = `its state.json is lost; --adopt ${memoryFolder} rebuilds it from the files beside it`;
const memoryLost = `it is lost, with all records of the output; --adopt ${memoryFolder} writes the whole revision anew over what proxies read`;

/** Names of files that tools leave in folders and that nobody owns. */
const harmless: ReadonlySet<string> = new Set([
  '.gitignore',
  '.gitignore.new',
  '.gitkeep',
  '.keep',
  'lost+found',
]);

function notEmpty(names: readonly string[]): string {
  const some = names.slice(0, 3).map((name) => JSON.stringify(name));
  const more = names.length > some.length ? ` and ${names.length - some.length} more` : '';
  return `the folder holds ${some.join(', ')}${more}, and an output takes a folder that is empty or its own: name another one`;
}

/** Returns true if the ledger holds only locks, which are written before a directory is ours. */
async function isUnclaimed(directory: Directory): Promise<boolean> {
  return (await directory.entries(memoryFolder)).every(({ name }) =>
    /^(lock\.|state\.json\.new$)/.test(name),
  );
}
