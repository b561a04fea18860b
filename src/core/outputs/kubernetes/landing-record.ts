import type { Json } from '../../lib/json.ts';
import { jsonRecord } from '../../lib/json-record.ts';
import { record } from '../../lib/record.ts';
import { contentDigest, writtenByRef } from '../../revision/object-ref.ts';
import { revisionDigest } from '../../revision/revision-files.ts';
import type { Artifact } from '../../targets/artifact.ts';
import type { StepOrigin } from '../output-driver.ts';
import type { Step } from '../step.ts';
import type { StateSecrets } from './state-secrets.ts';

/** A cluster's record of a step. */
export interface LandingRecord {
  readonly snapshot: string;
  /** Digest of the compiled artifacts. */
  readonly compiled: string;
  /** Version of each object, by ref. */
  readonly versions: ReadonlyMap<string, string>;
}

/** Returns the version of each object of artifacts, by ref. */
export function objectVersions(artifacts: readonly Artifact[]): ReadonlyMap<string, string> {
  return new Map([...writtenByRef(artifacts)].map(([ref, one]) => [ref, contentDigest(one)]));
}

/** Writes the record of a step, before any part of the step is in force. */
export async function writeLanding(
  secrets: StateSecrets,
  { mark, revision, versions }: Step,
  { run, snapshot }: StepOrigin,
): Promise<void> {
  const text = JSON.stringify({
    formatVersion: '1.0',
    run,
    snapshot,
    compiled: revisionDigest(revision.artifacts),
    versions: record([...versions]),
  });
  const before = await secrets.read(nameOf(mark));
  await secrets.write(nameOf(mark), text, before?.version);
}

/** Reads the record of a step; returns undefined if the record is gone. */
export async function readLanding(secrets: StateSecrets, mark: string): Promise<LandingRecord | undefined> {
  const kept = await secrets.read(nameOf(mark));
  if (kept === undefined) return undefined;
  const { snapshot, compiled, versions } = jsonRecord(JSON.parse(kept.text) as Json);
  if (typeof snapshot !== 'string' || typeof compiled !== 'string') return undefined;
  const entries = Object.entries(jsonRecord(versions)).flatMap(([ref, version]) =>
    typeof version === 'string' ? [[ref, version] as const] : [],
  );
  return { snapshot, compiled, versions: new Map(entries) };
}

/** Removes the records of all other steps; returns the digests of the snapshots that the remaining records name. */
export async function keepLandings(
  secrets: StateSecrets,
  marks: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const used = new Set<string>();
  for (const name of await secrets.names(prefix)) {
    const mark = name.slice(prefix.length);
    const kept = marks.has(mark) ? await readLanding(secrets, mark) : undefined;
    if (kept === undefined) await secrets.remove(name);
    else used.add(kept.snapshot);
  }
  return used;
}

const prefix = 'landings/';

function nameOf(mark: string): string {
  return `${prefix}${mark}`;
}
