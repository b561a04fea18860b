import type { Artifact, FileArtifact, Json, ObjectArtifact } from './artifact.ts';
import { objectPath } from './object-path.ts';
import { withoutForeignPlaceholders } from './placeholders.ts';
import { yamlText } from './yaml-text.ts';

/** One file that a target writes; its placeholders have not been replaced. */
export interface OutputFile {
  /** Relative to the output directory, `/`-separated. */
  readonly path: string;
  readonly text: string;
}

/**
 * Returns the files that artifacts make, sorted by path. Resources with an `@type` are xDS: those with one path make
 * one DiscoveryResponse, sorted by name, each on its own line (indentation would take gigabytes in a large mesh). Any
 * other resource is a whole file. Objects are YAML documents; those of a kind and namespace make one file, sorted by
 * name.
 */
export function files(artifacts: readonly Artifact[]): readonly OutputFile[] {
  const resources = new Map<string, FileArtifact[]>();
  const objects = new Map<string, ObjectArtifact[]>();
  for (const artifact of artifacts) {
    if (artifact.type === 'file') push(resources, artifact.path, artifact);
    else if (artifact.type === 'object') push(objects, objectPath(artifact), artifact);
  }
  return [
    ...[...resources].map(([path, list]) => outputFile(path, list, resourceText)),
    ...[...objects].map(([path, list]) => outputFile(path, list, objectText)),
  ].sort((a, b) => compare(a.path, b.path));
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function outputFile<T extends FileArtifact | ObjectArtifact>(
  path: string,
  list: readonly T[],
  text: (sorted: readonly T[]) => string,
): OutputFile {
  return { path, text: text(list.length === 1 ? list : list.toSorted((a, b) => compare(a.name, b.name))) };
}

function objectText(list: readonly ObjectArtifact[]): string {
  return list.map(({ manifest }) => yamlText(manifest)).join('---\n');
}

function resourceText(list: readonly FileArtifact[]): string {
  const [first] = list;
  if (list.length === 1 && first !== undefined && !isXds(first.resource))
    return `${written(first.resource)}\n`;
  const lines = list.map(({ resource }) => written(resource)).join(',\n');
  return `{"version_info":"\${VERSION}","resources":[\n${lines}\n]}\n`;
}

function written(resource: Json): string {
  return withoutForeignPlaceholders(JSON.stringify(resource));
}

function isXds(resource: Json): boolean {
  return typeof resource === 'object' && resource !== null && '@type' in resource;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
