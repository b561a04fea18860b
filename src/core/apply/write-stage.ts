import { Ledger } from '../history/ledger.ts';
import type { Snapshot } from '../history/snapshot.ts';
import { record } from '../lib/record.ts';
import { sha256 } from '../lib/sha256.ts';
import { certificateRequests } from '../plan/certificate-actions.ts';
import type { Revision } from '../plan/revision.ts';
import { boundText, revisionDigest, revisionFiles } from '../plan/revision-files.ts';
import { indexJson } from '../targets/index-json.ts';
import type { Delivery } from './delivery.ts';
import type { StageName } from './stages.ts';

/** A stage that is to be written: its place, and what the ledger says of it. */
export interface WrittenStage {
  readonly stage: StageName;
  readonly revision: Revision;
  /** Name of its folder below `revisions/`. */
  readonly name: string;
  readonly run: string;
  readonly sources?: Snapshot['sources'];
}

/** Writes a whole revision beside the one in force; nothing reads it before `switchTo`. */
export async function writeStage(
  { directory, seenAs }: Delivery,
  { stage, revision, name, run, sources }: WrittenStage,
): Promise<void> {
  const ledger = new Ledger(directory);
  const snapshot = await ledger.writeSnapshot(revision, sources);
  const texts = [...revisionFiles(revision.artifacts).values()].map((file) => ({
    ...file,
    text: boundText(file, seenAs),
  }));
  // Whatever happens after the switch, what is in force can be told by its name.
  await ledger.writePointer(name, {
    formatVersion: '1.0',
    snapshot,
    compiled: revisionDigest(revision.artifacts),
    stage,
    run,
    seenAs,
    files: record(texts.map(({ path, version, text }) => [path, { version, written: sha256(text) }])),
  });
  await directory.createFolder(
    `revisions/${name}`,
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
async function linkProxies(
  directory: Delivery['directory'],
  { artifacts, proxies }: Revision,
): Promise<void> {
  const identified = new Set(certificateRequests(artifacts).map(({ proxy }) => proxy));
  for (const { id, workingDirectory } of proxies) {
    await directory.ensureFolder(workingDirectory);
    if (!identified.has(id)) continue;
    const link = `${workingDirectory}/sds.json`;
    const target = `${'../'.repeat(workingDirectory.split('/').length)}secrets/current/${id}.json`;
    if ((await directory.linkTarget(link)) !== target) await directory.pointLink(link, target);
  }
}
