import type { Directory } from '../../../ports/directory.ts';
import { record } from '../../lib/record.ts';
import { sha256 } from '../../lib/sha256.ts';
import type { Revision } from '../../revision/revision.ts';
import { boundText, revisionDigest, revisionFiles } from '../../revision/revision-files.ts';
import { indexJson } from '../../targets/index-json.ts';
import type { StepOrigin } from '../output-driver.ts';
import type { Step } from '../step.ts';
import { linksOf } from './owned.ts';
import { linkToMaterial, revisionsFolder } from './places.ts';
import { DirectoryRecords } from './records.ts';

/** Writes a whole revision beside the one in force; proxies read it only once the link leads to it. */
export async function writeStage(
  directory: Directory,
  seenAs: string,
  { name, revision, mark }: Step,
  { run, snapshot }: StepOrigin,
): Promise<void> {
  const texts = [...revisionFiles(revision.artifacts).values()].map((file) => ({
    ...file,
    text: boundText(file, seenAs),
  }));
  // The record precedes the folder, so that the folder in force always has a record, even after a kill.
  await new DirectoryRecords(directory).writePointer(mark, {
    formatVersion: '1.0',
    snapshot,
    compiled: revisionDigest(revision.artifacts),
    stage: name,
    run,
    seenAs,
    files: record(texts.map(({ path, version, text }) => [path, { version, written: sha256(text) }])),
  });
  await directory.createFolder(
    `${revisionsFolder}/${mark}`,
    // The digest leaves the index out: an edit that only moves lines of the spec changes the index alone.
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

/** Points a link in each proxy's working directory to the proxy's own certificate; shared files name the link. */
async function linkProxies(directory: Directory, revision: Revision): Promise<void> {
  const links = linksOf(revision);
  for (const { id, workingDirectory } of revision.proxies) {
    await directory.ensureFolder(workingDirectory);
    const link = links.get(id);
    if (link === undefined) continue;
    const target = linkToMaterial(workingDirectory, id);
    if ((await directory.linkTarget(link)) !== target) await directory.pointLink(link, target);
  }
}
