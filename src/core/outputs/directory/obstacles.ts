import type { Directory } from '../../../ports/directory.ts';
import { Ledger } from '../../history/ledger.ts';
import type { Obstacle } from '../../history/observed.ts';
import { DirectoryStore } from './directory-store.ts';
import { configLink, memoryFolder, ownNames, revisionOfLink, revisionsFolder } from './places.ts';

/** The lost part of a directory's memory: the state alone, or all of it. */
export type Loss = 'state' | 'memory';

/** Obstacles to a run, and the loss if that is the only one. */
export interface Obstacles {
  readonly foreign: readonly Obstacle[];
  readonly lost?: Loss;
}

/** Returns what is in the way of an output that was never ours, or that has something else in the place of our folders. */
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

/** Says what to do about a lost state; `isKnown` tells whether the rest of the output confirms the inventory. */
export function lostState(inventory: string, isKnown: boolean): readonly Obstacle[] {
  const why = isKnown
    ? `its state.json is lost, and the rest says that it is ${inventory}: --adopt ${memoryFolder} goes by that`
    : `its state.json is lost, and the rest does not say that it is ${inventory}: name another folder or, if proxies of ${inventory} read it, move ${memoryFolder} away and say --adopt ${memoryFolder}`;
  return [{ path: memoryFolder, why }];
}

const stateLost = `its state.json is lost; --adopt ${memoryFolder} goes by what is beside it`;
const memoryLost = `it is lost, with all that the output remembered; --adopt ${memoryFolder} writes the whole revision anew over what proxies read`;

/** Names that are left in folders without being anybody's files. */
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

/** Returns true if the ledger has nothing but what is written before a directory is ours: locks. */
async function isUnclaimed(directory: Directory): Promise<boolean> {
  return (await directory.entries(memoryFolder)).every(({ name }) =>
    /^(lock\.|state\.json\.new$)/.test(name),
  );
}
