import { readJournal } from '../../history/journal.ts';
import { Ledger } from '../../history/ledger.ts';
import type { Observed } from '../../history/observed.ts';
import type { RunStore } from '../../history/run-store.ts';
import { emptyState } from '../../history/state.ts';
import { textVersion } from './git-files.ts';
import type { GitSession } from './git-session.ts';
import { landingIn } from './landing-in.ts';
import { memoryFolder } from './places.ts';

/** Looks at the last commit of an output, fetched anew. */
export async function observeBranch(
  session: GitSession,
  store: RunStore,
  inventory: string,
): Promise<Observed> {
  const { tree } = await session.refresh();
  const none = { altered: [], foreign: [], material: new Set<string>() };
  if (tree?.obstacle !== undefined) {
    const foreign = [{ path: tree.obstacle, why: 'it is no folder: move it away, or name another path' }];
    return { ...none, state: emptyState(inventory), foreign };
  }
  const ledger = new Ledger(store);
  const state = await ledger.readState();
  if (state === undefined) return { ...none, state: emptyState(inventory) };
  if (state.inventory !== inventory) {
    const why = `the folder belongs to ${state.inventory}, not to ${inventory}`;
    return { ...none, state, foreign: [{ path: memoryFolder, why }] };
  }
  const journal = await readJournal(store);
  const landing = await landingIn(session, tree);
  const snapshot = landing && (await ledger.readSnapshot(landing.snapshot));
  const observed: Observed = { ...none, state, ...(journal && { journal }) };
  if (landing === undefined || snapshot === undefined) return observed;
  return {
    ...observed,
    current: {
      name: landing.mark,
      compiled: landing.compiled,
      versions: new Map(Object.entries(landing.files)),
      snapshot,
    },
    altered: await alteredFiles(session, landing.files),
  };
}

async function alteredFiles(
  session: GitSession,
  files: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const texts = await filesOf(session, Object.keys(files));
  return Object.entries(files).flatMap(([path, version]) => {
    const text = texts.get(path);
    return text !== undefined && textVersion(text) === version ? [] : [path];
  });
}

/** Returns the texts of files in the known commit; leaves out files that are missing or not plain. */
export async function filesOf(
  session: GitSession,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { tree } = await session.view();
  const plain = paths.flatMap((path) => {
    const entry = tree?.entries.get(path);
    return entry?.mode.startsWith('100') ? [[path, entry.object] as const] : [];
  });
  const texts = await session.texts(plain.map(([, object]) => object));
  return new Map(plain.map(([path], i) => [path, texts[i] ?? '']));
}
