import type { Directory } from '../../../ports/directory.ts';
import { readJournal } from '../../history/journal.ts';
import { Ledger } from '../../history/ledger.ts';
import type { Observed } from '../../history/observed.ts';
import { emptyState, type State } from '../../history/state.ts';
import { sha256 } from '../../lib/sha256.ts';
import { withinRevision } from '../../revision/revision-files.ts';
import { DirectoryStore } from './directory-store.ts';
import { findObstacles, lostState } from './obstacles.ts';
import {
  configLink,
  materialOfLink,
  memoryFolder,
  revisionOfLink,
  revisionsFolder,
  secretsLink,
} from './places.ts';
import { pointerOf, versionsOf } from './pointer-of.ts';
import { lastEpoch, rebuiltState } from './rebuilt-state.ts';
import { DirectoryRecords } from './records.ts';

/**
 * Looks at an output directory without changing it; `${DIR}` in its files is `seenAs`. If `adopt` names a lost
 * inventory, rebuilds it from the output's other records, or begins it anew if there are none.
 */
export async function observe(
  directory: Directory,
  inventory: string,
  seenAs: string,
  adopt: readonly string[] = [],
): Promise<Observed> {
  const store = new DirectoryStore(directory);
  const ledger = new Ledger(store);
  const none = { altered: [], material: new Set<string>() };
  const { foreign, lost } = await findObstacles(directory);
  const known = foreign.length > 0 ? undefined : await ledger.readState();
  const rebuilt = lost === 'state' ? await rebuiltState(directory, inventory) : undefined;
  const isAdopted = lost !== undefined && adopt.includes(memoryFolder);
  // No record tells what proxies read, so the next run writes its whole revision.
  if (isAdopted && lost === 'memory') {
    const state = { ...emptyState(inventory), epoch: await lastEpoch(directory) };
    return { ...none, state, foreign: [], isRebuilt: true };
  }
  const state = known ?? (isAdopted ? rebuilt : undefined);
  if (state === undefined) {
    const obstacles = lost === 'state' ? lostState(inventory, rebuilt !== undefined) : foreign;
    return { ...none, state: emptyState(inventory), foreign: obstacles };
  }
  if (state.inventory !== inventory) {
    const why = `the directory belongs to ${state.inventory}, not to ${inventory}`;
    return { ...none, state, foreign: [{ path: memoryFolder, why }] };
  }
  const journal = await readJournal(store);
  return {
    ...none,
    ...(await material(directory, state)),
    foreign: [],
    ...(known === undefined && { isRebuilt: true }),
    ...(journal && { journal }),
    ...(await current(directory, ledger, seenAs, adopt)),
  };
}

async function material(directory: Directory, state: State): Promise<Pick<Observed, 'state' | 'material'>> {
  const names = (await directory.entries(secretsLink)).map(({ name }) => name.replace(/\.json$/, ''));
  // Take the certificates from the record beside the material: the state lacks them if the run was killed right after
  // the write.
  const folder = materialOfLink(await directory.linkTarget(secretsLink));
  const certificates =
    folder === undefined ? undefined : await new DirectoryRecords(directory).readMaterial(folder);
  return { material: new Set(names), state: certificates ? { ...state, certificates } : state };
}

async function current(
  directory: Directory,
  ledger: Ledger,
  seenAs: string,
  adopt: readonly string[],
): Promise<Partial<Pick<Observed, 'current' | 'altered' | 'foreign'>>> {
  const there = (await directory.entries('config')).find(({ name }) => name === 'current');
  // A run that stopped before its first switch leaves the ledger without a link.
  if (there === undefined) return {};
  const name = revisionOfLink(await directory.linkTarget(configLink));
  const found = name === undefined ? undefined : await pointerOf(directory, name, seenAs);
  const snapshot = found && (await ledger.readSnapshot(found.pointer.snapshot));
  if (name === undefined || found === undefined || snapshot === undefined) {
    const isLink = there.type === 'link';
    return isLink && adopt.includes(configLink)
      ? {}
      : { foreign: [{ path: configLink, why: unknownLink(name, isLink) }] };
  }
  const { pointer, isRebuilt } = found;
  const altered: string[] = [];
  for (const [path, { written }] of Object.entries(pointer.files)) {
    const text = await directory.read(`${revisionsFolder}/${name}/${withinRevision(path)}`);
    if (pointer.seenAs !== seenAs || text === undefined || sha256(text) !== written) altered.push(path);
  }
  const { compiled } = pointer;
  const revision = {
    name,
    compiled,
    versions: versionsOf(pointer),
    snapshot,
    ...(isRebuilt && { isRebuilt }),
  };
  return { current: revision, altered };
}

/** Returns the reason why the revision that proxies read is unknown, and the way out. */
function unknownLink(revision: string | undefined, isLink: boolean): string {
  const leads =
    revision === undefined ? 'it is not the link that mesh made' : `no record tells what ${revision} is`;
  return isLink
    ? `${leads}; --adopt ${configLink} writes the whole revision anew over what proxies read`
    : `${leads}; move it away`;
}
