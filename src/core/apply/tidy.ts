import type { Directory } from '../../ports/directory.ts';
import { removeJournalsBefore } from '../history/journal.ts';
import type { Ledger } from '../history/ledger.ts';
import { expired } from '../history/retention.ts';
import type { Owned, State } from '../history/state.ts';
import type { Revision } from '../revision/revision.ts';
import { linksOf } from './owned.ts';

/** What an output holds after a run. */
export interface Left {
  /** The revision that proxies read, and the one that they read before the run. */
  readonly now: { readonly name: string; readonly revision: Revision } | undefined;
  readonly before: string | undefined;
  readonly epoch: number;
}

/**
 * Removes what is ours and nobody reads any more: revisions and material but the current ones, links of proxies that are
 * gone, entries beyond those kept, and what a run that was killed left beside. Answers what is ours now.
 */
export async function tidy(directory: Directory, ledger: Ledger, state: State, left: Left): Promise<Owned> {
  const { owned = { revisions: [], material: [], links: [] } } = state;
  const there = async (folder: string): Promise<ReadonlySet<string>> =>
    new Set((await directory.entries(folder)).map(({ name }) => name));
  const kept = new Set([left.now?.name, left.before].filter((name) => name !== undefined));
  const revisions = await there('revisions');
  for (const name of owned.revisions) {
    if (revisions.has(name) && !kept.has(name)) await directory.remove(`revisions/${name}`);
  }
  const material = (await directory.linkTarget('secrets/current'))?.slice('.revisions/'.length);
  const folders = await there('secrets/.revisions');
  for (const name of owned.material) {
    if (folders.has(name) && name !== material) await directory.remove(`secrets/.revisions/${name}`);
  }
  const links = new Set(left.now ? linksOf(left.now.revision).values() : []);
  for (const link of owned.links) if (!links.has(link)) await removeLink(directory, link);
  await ledger.forget(expired(await ledger.entries(), state.applied), kept, material);
  await removeJournalsBefore(directory, left.epoch);
  await removeStrays(directory);
  return {
    revisions: [...kept].filter((name) => revisions.has(name)).sort(),
    material: material === undefined ? [] : [material],
    links: [...links].sort(),
  };
}

/** The working directory stays where something else is in it. */
async function removeLink(directory: Directory, link: string): Promise<void> {
  if ((await directory.linkTarget(link)) === undefined) return;
  await directory.remove(link);
  const folder = link.slice(0, link.lastIndexOf('/'));
  if ((await directory.entries(folder)).length === 0) await directory.remove(folder);
}

const folders = [
  '.mesh',
  '.mesh/history',
  '.mesh/material',
  '.mesh/revisions',
  '.mesh/snapshots',
  'config',
  'secrets',
];

/** What was about to be exchanged when a run was killed; locks are looked after by who takes them. */
async function removeStrays(directory: Directory): Promise<void> {
  await directory.remove('.gitignore.new');
  for (const folder of folders) {
    for (const { name } of await directory.entries(folder)) {
      if (name.endsWith('.new') && !name.startsWith('lock.')) await directory.remove(`${folder}/${name}`);
    }
  }
}
