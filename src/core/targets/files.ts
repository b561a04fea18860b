import type { Origin } from '../source/location.ts';
import type { Artifact, FileArtifact, Json } from './artifact.ts';

/** One file that a target writes, its placeholders not filled in. */
export interface OutputFile {
  /** Relative to the output directory, `/`-separated. */
  readonly path: string;
  readonly text: string;
  /** Places of the spec that it comes from, each once, in order. */
  readonly origins: readonly Origin[];
}

/**
 * The files that artifacts make, sorted by path. Resources with an `@type` are xDS: those of one path make one
 * DiscoveryResponse, sorted by name; any other resource is the file itself.
 */
export function files(artifacts: readonly Artifact[]): readonly OutputFile[] {
  const byPath = new Map<string, FileArtifact[]>();
  for (const artifact of artifacts) {
    if (artifact.type !== 'file') continue;
    const list = byPath.get(artifact.path);
    if (list === undefined) byPath.set(artifact.path, [artifact]);
    else list.push(artifact);
  }
  return [...byPath].sort(([a], [b]) => compare(a, b)).map(([path, list]) => outputFile(path, list));
}

/** Places each once, by file, line and column. */
function distinctOrigins(origins: readonly Origin[]): readonly Origin[] {
  const byPlace = new Map(
    origins.map((origin) => [`${origin.file}:${String(origin.line)}:${String(origin.column)}`, origin]),
  );
  return [...byPlace.values()].sort(
    (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column,
  );
}

function outputFile(path: string, list: readonly FileArtifact[]): OutputFile {
  const sorted = list.toSorted((a, b) => compare(a.name, b.name));
  const origins = distinctOrigins(sorted.flatMap((artifact) => artifact.origins));
  return { path, text: `${JSON.stringify(content(sorted), null, 2)}\n`, origins };
}

function content(list: readonly FileArtifact[]): Json {
  const [first] = list;
  if (list.length === 1 && first !== undefined && !isXds(first.resource)) return first.resource;
  return { version_info: '${VERSION}', resources: list.map(({ resource }) => resource) };
}

function isXds(resource: Json): boolean {
  return typeof resource === 'object' && resource !== null && '@type' in resource;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
