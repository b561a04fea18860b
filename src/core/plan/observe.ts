import type { Directory } from '../../ports.ts';
import { type Journal, readJournal } from '../history/journal.ts';
import type { Pointer } from '../history/ledger.ts';
import { Ledger } from '../history/ledger.ts';
import { rebuiltState } from '../history/rebuilt-state.ts';
import type { Snapshot } from '../history/snapshot.ts';
import { emptyState, type State } from '../history/state.ts';
import type { CertificateFault } from '../identity/check-chain.ts';
import { sha256 } from '../lib/sha256.ts';
import { withinRevision } from './revision-files.ts';

/** What an output directory was said to hold, and what it really holds. */
export interface Observed {
  readonly state: State;
  /** What proxies read now. */
  readonly current?: { readonly name: string; readonly pointer: Pointer; readonly snapshot: Snapshot };
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
 * names is taken from what the output remembers beside it.
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
  const known = foreign.length > 0 ? undefined : await ledger.readState();
  const rebuilt = isLost(foreign) ? await rebuiltState(directory, inventory) : undefined;
  const state = known ?? (adopt.includes(ledgerFolder) ? rebuilt : undefined);
  if (state === undefined) {
    const lost = {
      path: ledgerFolder,
      why: `its state.json is lost, and the rest says that it is ${inventory}: --adopt ${ledgerFolder} goes by that`,
    };
    return { ...none, state: emptyState(inventory), foreign: rebuilt ? [lost] : foreign };
  }
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
    ...(await current(directory, ledger, seenAs)),
  };
}

/** What is in the way of an output that was never ours, or that has something else where our folders were. */
async function foreignEntries(directory: Directory): Promise<Observed['foreign']> {
  const entries = new Map((await directory.entries('.')).map(({ name, type }) => [name, type]));
  const linked = owned.filter((name) => entries.has(name) && entries.get(name) !== 'folder');
  if (linked.length > 0) return linked.map((path) => ({ path, why: 'it is no folder of ours' }));
  if ((await new Ledger(directory).readState()) !== undefined) return [];
  const unclaimed = await isUnclaimed(directory);
  return owned
    .filter((name) => entries.has(name) && !(name === '.mesh' && unclaimed))
    .map((path) => ({ path, why: before }));
}

/** What keeps a run from taking the lock of an output; a lost inventory that is adopted doesn't. */
export async function inTheWay(directory: Directory, adopt: readonly string[]): Promise<Observed['foreign']> {
  const foreign = await foreignEntries(directory);
  if (!isLost(foreign)) return foreign;
  if (adopt.includes(ledgerFolder)) return [];
  return [
    { path: ledgerFolder, why: `its state.json is lost; --adopt ${ledgerFolder} goes by what is beside it` },
  ];
}

/** Whether all that is missing is the state: the ledger and the revisions are there. */
function isLost(foreign: Observed['foreign']): boolean {
  const names = foreign.filter(({ why }) => why === before).map(({ path }) => path);
  return (
    names.length === foreign.length && ['.mesh', 'config', 'revisions'].every((name) => names.includes(name))
  );
}

const before = 'it was there before the first apply';
const ledgerFolder = '.mesh';

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
): Promise<Partial<Pick<Observed, 'current' | 'altered' | 'foreign'>>> {
  const link = 'config/current';
  const there = (await directory.entries('config')).find(({ name }) => name === 'current');
  // A run that was stopped before its first switch leaves the ledger and no link.
  if (there === undefined) return {};
  const target = await directory.linkTarget(link);
  const name = /^\.\.\/revisions\/([0-9A-Za-z-]+)$/.exec(target ?? '')?.[1];
  const pointer = name === undefined ? undefined : await ledger.readPointer(name);
  const snapshot = pointer && (await ledger.readSnapshot(pointer.snapshot));
  if (name === undefined || pointer === undefined || snapshot === undefined) {
    return { foreign: [{ path: link, why: 'it is not the link that mesh made' }] };
  }
  const altered: string[] = [];
  for (const [path, { written }] of Object.entries(pointer.files)) {
    const text = await directory.read(`revisions/${name}/${withinRevision(path)}`);
    if (pointer.seenAs !== seenAs || text === undefined || sha256(text) !== written) altered.push(path);
  }
  return { current: { name, pointer, snapshot }, altered };
}
