import { Ledger } from '../history/ledger.ts';
import { record } from '../lib/record.ts';
import { sha256 } from '../lib/sha256.ts';
import type { Revision } from '../revision/revision.ts';
import { boundText, revisionDigest, revisionFiles } from '../revision/revision-files.ts';
import { indexJson } from '../targets/index-json.ts';
import type { Delivery } from './delivery.ts';
import { linksOf } from './owned.ts';
import type { PlacedStage } from './placed-way.ts';
import type { Prepared } from './prepare.ts';

/** Writes a whole revision beside the one in force; nothing reads it before `switchTo`. */
export async function writeStage(
  { delivery: { directory, seenAs }, run, entry }: Prepared,
  { name, revision, folder, snapshot }: PlacedStage,
): Promise<void> {
  const texts = [...revisionFiles(revision.artifacts).values()].map((file) => ({
    ...file,
    text: boundText(file, seenAs),
  }));
  // Whatever happens after the switch, what is in force can be told by its name.
  await new Ledger(directory).writePointer(folder, {
    formatVersion: '1.0',
    snapshot: snapshot ?? '',
    compiled: revisionDigest(revision.artifacts),
    stage: name,
    run: entry?.id ?? run.id,
    seenAs,
    files: record(texts.map(({ path, version, text }) => [path, { version, written: sha256(text) }])),
  });
  await directory.createFolder(
    `revisions/${folder}`,
    // Moved lines of the spec change the index alone, so it is no part of the digest.
    [
      ...texts.map(({ within, text }) => ({ path: within, text })),
      { path: 'index.json', text: indexOf(revision) },
    ],
  );
  await linkProxies(directory, revision);
}

function indexOf({ about, artifacts, proxies }: Revision): string {
  return indexJson({ ...about, artifacts, proxies });
}

/** Lets proxies read a revision, by one rename. */
export function switchTo({ directory }: Pick<Delivery, 'directory'>, name: string): Promise<void> {
  return directory.pointLink('config/current', `../revisions/${name}`);
}

/** The fixed link in the working directory of each proxy, by which files that proxies share lead to its own certificate. */
async function linkProxies(directory: Delivery['directory'], revision: Revision): Promise<void> {
  const links = linksOf(revision);
  for (const { id, workingDirectory } of revision.proxies) {
    await directory.ensureFolder(workingDirectory);
    const link = links.get(id);
    if (link === undefined) continue;
    const target = `${'../'.repeat(workingDirectory.split('/').length)}secrets/current/${id}.json`;
    if ((await directory.linkTarget(link)) !== target) await directory.pointLink(link, target);
  }
}
