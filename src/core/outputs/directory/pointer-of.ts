import type { Directory } from '../../../ports/directory.ts';
import { DamagedFile } from '../../history/damaged-file.ts';
import { Ledger } from '../../history/ledger.ts';
import { record } from '../../lib/record.ts';
import { sha256 } from '../../lib/sha256.ts';
import { boundText, revisionDigest, revisionFiles } from '../../revision/revision-files.ts';
import { DirectoryStore } from './directory-store.ts';
import { DirectoryRecords, type Pointer } from './records.ts';

/** A pointer; `isRebuilt` is true if its own file is lost. */
export interface FoundPointer {
  readonly pointer: Pointer;
  readonly isRebuilt: boolean;
}

/**
 * Returns the pointer of a folder below `revisions/`. Rebuilds a lost pointer from the snapshot whose digest is in the
 * name of the folder. Returns undefined if there is no such snapshot. `seenAs` is the value of `${DIR}`.
 */
export async function pointerOf(
  directory: Directory,
  revision: string,
  seenAs = '',
): Promise<FoundPointer | undefined> {
  const pointer = await new DirectoryRecords(directory).readPointer(revision);
  if (pointer) return { pointer, isRebuilt: false };
  const rebuilt = await rebuiltPointer(new Ledger(new DirectoryStore(directory)), revision, seenAs);
  return rebuilt && { pointer: rebuilt, isRebuilt: true };
}

/** Returns the versions that proxies show once they have read a revision, by path. */
export function versionsOf({ files }: Pointer): ReadonlyMap<string, string> {
  return new Map(Object.entries(files).map(([path, { version }]) => [path, version]));
}

async function rebuiltPointer(
  ledger: Ledger,
  revision: string,
  seenAs: string,
): Promise<Pointer | undefined> {
  const [, stage, start] = /^\d+-([a-z]+)-([0-9a-f]{12})$/.exec(revision) ?? [];
  if (stage === undefined || start === undefined) return undefined;
  const entries = await ledger.entries();
  for (const digest of await ledger.snapshots()) {
    const snapshot = await readable(ledger, digest);
    if (snapshot === undefined || !revisionDigest(snapshot.artifacts).startsWith(start)) continue;
    const files = [...revisionFiles(snapshot.artifacts).values()].map(
      (file) => [file.path, { version: file.version, written: sha256(boundText(file, seenAs)) }] as const,
    );
    return {
      formatVersion: '1.0',
      snapshot: digest,
      compiled: revisionDigest(snapshot.artifacts),
      stage,
      run: entries.findLast((entry) => entry.snapshot === digest)?.id ?? '',
      seenAs,
      files: record(files),
    };
  }
  return undefined;
}

async function readable(ledger: Ledger, digest: string): ReturnType<Ledger['readSnapshot']> {
  try {
    return await ledger.readSnapshot(digest);
  } catch (error) {
    if (error instanceof DamagedFile) return undefined;
    throw error;
  }
}
