import { sha256 } from '../lib/sha256.ts';
import type { Artifact, FileArtifact } from '../targets/artifact.ts';
import { files, type OutputFile } from '../targets/files.ts';

/** A file of a revision; its text still has the placeholders `${DIR}` and `${VERSION}`. */
export interface RevisionFile {
  /** Relative to the output directory, in the form that configuration has: below `config/current/`. */
  readonly path: string;
  /** Relative to the folder of the revision. */
  readonly within: string;
  readonly text: string;
  /** Digest of the text, which proxies show as `version_text`. */
  readonly version: string;
}

/** Returns the files that artifacts make, by path; the result is cached for each list of artifacts. */
export function revisionFiles(artifacts: readonly Artifact[]): ReadonlyMap<string, RevisionFile> {
  let made = known.get(artifacts);
  if (made === undefined) {
    made = new Map(files(artifacts).map(({ path, text }) => [path, revisionFile(path, text)]));
    known.set(artifacts, made);
  }
  return made;
}

/** Returns the text to write: `${DIR}` becomes the directory's path for proxies, `${VERSION}` the file's version. */
export function boundText({ path, text, version }: RevisionFile, seenAs: string): string {
  // Only JSON has placeholders. The spec's own strings can't look like one, since JSON escapes their quotes.
  if (!path.endsWith('.json')) return text;
  return text
    .replaceAll('"${DIR}/', `${JSON.stringify(seenAs).slice(0, -1)}/`)
    .replaceAll('"${VERSION}"', JSON.stringify(version));
}

/** Returns the text to write for a file whose version has not been computed. */
export function boundOutput({ path, text }: OutputFile, seenAs: string): string {
  return boundText(revisionFile(path, text), seenAs);
}

/** Returns a path of the output directory relative to the folder of a revision. */
export function withinRevision(path: string): string {
  return path.startsWith(revisionFolder) ? path.slice(revisionFolder.length) : path;
}

/** Returns the version of each file, by path. */
export function revisionVersions(artifacts: readonly Artifact[]): ReadonlyMap<string, string> {
  return new Map([...revisionFiles(artifacts).values()].map(({ path, version }) => [path, version]));
}

/** Returns the digest of a whole revision: of its paths and their content. */
export function revisionDigest(artifacts: readonly Artifact[]): string {
  return sha256(
    [...revisionFiles(artifacts).values()]
      .map(({ path, version }) => `${version} ${path}\n`)
      .sort()
      .join(''),
  );
}

/** Returns resources by the path of their file. */
export function resourcesByPath(
  artifacts: readonly Artifact[],
): ReadonlyMap<string, readonly FileArtifact['resource'][]> {
  const byPath = new Map<string, FileArtifact['resource'][]>();
  for (const artifact of artifacts) {
    if (artifact.type !== 'file') continue;
    const list = byPath.get(artifact.path);
    if (list) list.push(artifact.resource);
    else byPath.set(artifact.path, [artifact.resource]);
  }
  return byPath;
}

const known = new WeakMap<readonly Artifact[], ReadonlyMap<string, RevisionFile>>();

const revisionFolder = 'config/current/';

function revisionFile(path: string, text: string): RevisionFile {
  return { path, within: withinRevision(path), text, version: sha256(text).slice(0, 16) };
}
