import type { Artifact } from '../../src/core/targets/artifact.ts';
import { files } from '../../src/core/targets/files.ts';
import type { Proxy } from '../../src/core/targets/proxy.ts';
import { compactYaml } from './compact-yaml.ts';
import type { KnownParts } from './known-parts.ts';

/** A file of golden output. */
export interface GoldenFile {
  readonly path: string;
  readonly text: string;
}

/** Output of a target for a case. */
export interface Lowered {
  readonly name: string;
  readonly artifacts: readonly Artifact[];
  readonly proxies: readonly Proxy[];
}

/**
 * Prints the output of a target for a mesh, short enough to be read: a file for each kind of object, or for each folder
 * of a revision. A part that was printed before, in this case or in the reference case, is named instead of repeated.
 * The name of a part in another `folder` includes it.
 */
export function golden(
  { name, artifacts, proxies }: Lowered,
  known: KnownParts,
  folder = '',
): readonly GoldenFile[] {
  const groups = new Map<string, Map<string, unknown>>();
  const put = (group: string, key: string, value: unknown): void => {
    groups.set(group, (groups.get(group) ?? new Map<string, unknown>()).set(key, value));
  };
  for (const artifact of artifacts)
    if (artifact.type === 'object')
      put(artifact.kind, `${artifact.namespace}/${artifact.name}`, artifact.manifest);
  for (const { path, text } of files(artifacts.filter(({ type }) => type === 'file'))) {
    const [group = '', ...rest] = path.replace(/^config\/current\//, '').split('/');
    put(group, rest.join('/').replace(/\.json$/, ''), byName(JSON.parse(text)));
  }
  for (const { id, ...proxy } of proxies) put('started', id, proxy);
  for (const artifact of artifacts) {
    if (artifact.type === 'certificate')
      put('certificates', artifact.proxy, `${artifact.profile} ${artifact.form} ${artifact.subject}`);
  }
  return sorted(groups).map(([group, units]) => {
    const file = `${folder}${group}.yaml`;
    const shown = sorted(units).map(
      ([key, unit]) => [key, known.shown(unit, { case: name, file, unit: key })] as const,
    );
    return { path: file, text: `${compactYaml(Object.fromEntries(shown))}\n` };
  });
}

/** Returns xDS resources by name, without the wrapping that all have. */
function byName(content: unknown): unknown {
  if (typeof content !== 'object' || content === null || !('resources' in content)) return content;
  const resources = content.resources as readonly Readonly<Record<string, unknown>>[];
  return Object.fromEntries(
    resources.map((resource) => [String(resource['name'] ?? resource['cluster_name']), resource]),
  );
}

function sorted<T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
}
