import type { Directory } from '../../ports/directory.ts';
import { type Journal, readJournal } from '../history/journal.ts';
import type { Pointer } from '../history/ledger.ts';
import { Ledger } from '../history/ledger.ts';
import { pointerOf } from '../history/pointer-of.ts';
import { lastEpoch, rebuiltState } from '../history/rebuilt-state.ts';
import type { Snapshot } from '../history/snapshot.ts';
import { emptyState, type State } from '../history/state.ts';
import type { CertificateFault } from '../identity/check-chain.ts';
import { sha256 } from '../lib/sha256.ts';
import { withinRevision } from '../revision/revision-files.ts';

/** What an output directory was said to hold, and what it really holds. */
export interface Observed {
  readonly state: State;
  /** What proxies read now. */
  readonly current?: {
    readonly name: string;
    readonly pointer: Pointer;
    readonly snapshot: Snapshot;
    /** The pointer was lost, and made again from the snapshot. */
    readonly isRebuilt?: boolean;
  };
  /** The last run that was recorded: it may be open still. */
  readonly journal?: Journal;
  /** The state was lost, and taken from what else is there. */
  readonly isRebuilt?: boolean;
  /** Files of it that aren't as they were written. */
  readonly altered: readonly string[];
  /** What is there and isn't ours. */
  readonly foreign: readonly { readonly path: string; readonly why: string }[];
  /** Proxies whose material is there. */
  readonly material: ReadonlySet<string>;
  /** What is wrong with material that is there, by proxy; absent if nobody looked. */
  readonly faults?: ReadonlyMap<string, CertificateFault>;
}

/** The versions that proxies show once they have read what is in force, by path. */
export function currentVersions({ current: now }: Observed): ReadonlyMap<string, string> {
  return new Map(Object.entries(now?.pointer.files ?? {}).map(([path, { version }]) => [path, version]));
}

/**
 * Looks at an output directory without changing it; `${DIR}` in its files is `seenAs`. A lost inventory that `adopt`
 * names is taken from what the output remembers beside it, or begun anew if it remembers nothing.
 */
export async function observe(
  directory: Directory,
  inventory: string,
  seenAs: string,
  adopt: readonly string[] = [],
): Promise<Observed> {
  const ledger = new Ledger(directory);
  const none = { altered: [], material: new Set<string>() };
  const foreign = await foreignEntries(directory);
  const loss = lossOf(foreign);
  const known = foreign.length > 0 ? undefined : await ledger.readState();
  const rebuilt = loss === 'state' ? await rebuiltState(directory, inventory) : undefined;
  const isAdopted = loss !== undefined && adopt.includes(ledgerFolder);
  // Proxies read a revision of which nothing is remembered: the next run writes all of its own.
  if (isAdopted && loss === 'ledger') {
    const state = { ...emptyState(inventory), epoch: await lastEpoch(directory) };
    return { ...none, state, foreign: [], isRebuilt: true };
  }
  const state = known ?? (isAdopted ? rebuilt : undefined);
  if (state === undefined)
    return { ...none, state: emptyState(inventory), foreign: lost(foreign, inventory, rebuilt) };
  if (state.inventory !== inventory) {
    return {
      ...none,
      state,
      foreign: [{ path: '.mesh', why: `the directory belongs to ${state.inventory}, not to ${inventory}` }],
    };
  }
  const journal = await readJournal(directory);
  return {
    ...none,
    ...(await secrets(directory, ledger, state)),
    foreign: [],
    ...(known === undefined && { isRebuilt: true }),
    ...(journal && { journal }),
    ...(await current(directory, ledger, seenAs, adopt)),
  };
}

/** What is in the way of an output that was never ours, or that has something else where our folders were. */
async function foreignEntries(directory: Directory): Promise<Observed['foreign']> {
  const entries = new Map((await directory.entries('.')).map(({ name, type }) => [name, type]));
  const linked = owned.filter((name) => entries.has(name) && entries.get(name) !== 'folder');
  if (linked.length > 0) return linked.map((path) => ({ path, why: 'it is no folder of ours' }));
  if ((await new Ledger(directory).readState()) !== undefined) return [];
  const unclaimed = await isUnclaimed(directory);
  const ours = owned.filter((name) => entries.has(name) && !(name === '.mesh' && unclaimed));
  if (revisionOfLink(await directory.linkTarget(link)) !== undefined && ours.includes('revisions'))
    return [{ path: ledgerFolder, why: ours.includes(ledgerFolder) ? stateLost : ledgerLost }];
  const others = [...entries.keys()].filter((name) => !owned.includes(name) && !harmless.has(name));
  return [
    ...ours.map((path) => ({ path, why: 'it was there before the first apply' })),
    ...(others.length > 0 ? [{ path: directory.path, why: notEmpty(others) }] : []),
  ];
}

/** What keeps a run from taking the lock of an output; a lost inventory that is adopted doesn't. */
export async function inTheWay(directory: Directory, adopt: readonly string[]): Promise<Observed['foreign']> {
  const foreign = await foreignEntries(directory);
  return lossOf(foreign) !== undefined && adopt.includes(ledgerFolder) ? [] : foreign;
}

/** What an output has lost of what it remembers. */
function lossOf(foreign: Observed['foreign']): 'state' | 'ledger' | undefined {
  const [first] = foreign;
  if (first?.why === stateLost) return 'state';
  return first?.why === ledgerLost ? 'ledger' : undefined;
}

function lost(
  foreign: Observed['foreign'],
  inventory: string,
  rebuilt: State | undefined,
): Observed['foreign'] {
  if (lossOf(foreign) !== 'state') return foreign;
  const why = rebuilt
    ? `its state.json is lost, and the rest says that it is ${inventory}: --adopt ${ledgerFolder} goes by that`
    : `its state.json is lost, and the rest does not say that it is ${inventory}: name another folder or, if proxies of ${inventory} read it, move ${ledgerFolder} away and say --adopt ${ledgerFolder}`;
  return [{ path: ledgerFolder, why }];
}

const ledgerFolder = '.mesh';
const link = 'config/current';
const stateLost = `its state.json is lost; --adopt ${ledgerFolder} goes by what is beside it`;
const ledgerLost = `it is lost, with all that the output remembered; --adopt ${ledgerFolder} writes the whole revision anew over what proxies read`;

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

/** Returns the folder below `revisions/` that a link leads to; undefined if it leads elsewhere. */
function revisionOfLink(target: string | undefined): string | undefined {
  return /^\.\.\/revisions\/([0-9A-Za-z-]+)$/.exec(target ?? '')?.[1];
}

/** Whether the ledger has nothing but what is written before a directory is ours: locks. */
async function isUnclaimed(directory: Directory): Promise<boolean> {
  return (await directory.entries('.mesh')).every(({ name }) => /^(lock\.|state\.json\.new$)/.test(name));
}

async function secrets(
  directory: Directory,
  ledger: Ledger,
  state: State,
): Promise<Pick<Observed, 'state' | 'material'>> {
  const names = (await directory.entries('secrets/current')).map(({ name }) => name.replace(/\.json$/, ''));
  // What was noted with the material is true even if the run that wrote it was killed right after.
  const folder = (await directory.linkTarget('secrets/current'))?.slice('.revisions/'.length);
  const certificates = folder === undefined ? undefined : await ledger.readMaterial(folder);
  return { material: new Set(names), state: certificates ? { ...state, certificates } : state };
}

/** Names at the top of an output directory that are ours alone. */
const owned = ['.mesh', 'config', 'proxies', 'revisions', 'secrets'];

async function current(
  directory: Directory,
  ledger: Ledger,
  seenAs: string,
  adopt: readonly string[],
): Promise<Partial<Pick<Observed, 'current' | 'altered' | 'foreign'>>> {
  const there = (await directory.entries('config')).find(({ name }) => name === 'current');
  // A run that was stopped before its first switch leaves the ledger and no link.
  if (there === undefined) return {};
  const name = revisionOfLink(await directory.linkTarget(link));
  const found = name === undefined ? undefined : await pointerOf(ledger, name, seenAs);
  const snapshot = found && (await ledger.readSnapshot(found.pointer.snapshot));
  if (name === undefined || found === undefined || snapshot === undefined) {
    const isLink = there.type === 'link';
    return isLink && adopt.includes(link)
      ? {}
      : { foreign: [{ path: link, why: unknownLink(name, isLink) }] };
  }
  const { pointer, isRebuilt } = found;
  const altered: string[] = [];
  for (const [path, { written }] of Object.entries(pointer.files)) {
    const text = await directory.read(`revisions/${name}/${withinRevision(path)}`);
    if (pointer.seenAs !== seenAs || text === undefined || sha256(text) !== written) altered.push(path);
  }
  return { current: { name, pointer, snapshot, ...(isRebuilt && { isRebuilt }) }, altered };
}

/** Says why nothing is known of what proxies read, and the way out. */
function unknownLink(revision: string | undefined, isLink: boolean): string {
  const leads =
    revision === undefined ? 'it is not the link that mesh made' : `nothing remembers what ${revision} is`;
  return isLink
    ? `${leads}; --adopt ${link} writes the whole revision anew over what proxies read`
    : `${leads}; move it away`;
}
