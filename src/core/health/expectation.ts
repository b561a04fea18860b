import { jsonRecord } from '../lib/json-record.ts';
import type { FileArtifact, Json } from '../targets/artifact.ts';

/** The version that one resource of a proxy must show, by the name that the proxy's statistics have for it. */
export interface Expected {
  /** Start of the statistics' names; for routes the end of it, since the start is the listener's own affair. */
  readonly resource: string;
  readonly kind: 'listeners' | 'clusters' | 'routes' | 'endpoints';
  readonly version: string;
}

/** The files of one revision, as proxies find them: resources and version by path in the output directory. */
export interface ReadableFiles {
  resources(path: string): readonly FileArtifact['resource'][];
  /** `undefined`: there is no such file. */
  version(path: string): string | undefined;
}

/**
 * What a proxy that started with this bootstrap must show once it has read the revision.
 * `workingDirectory` is where relative paths lead from; of endpoints only files in `changed` are asked for.
 */
export function expectation(
  files: ReadableFiles,
  bootstrap: Json,
  workingDirectory: string,
  changed: ReadonlySet<string>,
): readonly Expected[] {
  const at = (source: Json | undefined): string | undefined => sourcePath(source, workingDirectory);
  const dynamic = jsonRecord(jsonRecord(bootstrap)['dynamic_resources']);
  const expected: Expected[] = [];
  const expect = (kind: Expected['kind'], resource: string, path: string | undefined): void => {
    const version = path === undefined ? undefined : files.version(path);
    if (version !== undefined) expected.push({ kind, resource: statName(resource), version });
  };

  const [listeners, clusters] = [at(dynamic['lds_config']), at(dynamic['cds_config'])];
  expect('listeners', 'listener_manager.lds', listeners);
  expect('clusters', 'cluster_manager.cds', clusters);
  for (const listener of listeners === undefined ? [] : files.resources(listeners)) {
    for (const rds of routeSources(listener)) {
      const name = rds['route_config_name'];
      if (typeof name === 'string') expect('routes', `.rds.${name}`, at(rds['config_source']));
    }
  }
  for (const resource of clusters === undefined ? [] : files.resources(clusters)) {
    const cluster = jsonRecord(resource);
    const path = at(jsonRecord(cluster['eds_cluster_config'])['eds_config']);
    const name = cluster['alt_stat_name'] ?? cluster['name'];
    if (path !== undefined && changed.has(path) && typeof name === 'string')
      expect('endpoints', `cluster.${name}`, path);
  }
  return expected;
}

/** Path of a ConfigSource (envoy.config.core.v3) within the output directory. */
function sourcePath(source: Json | undefined, workingDirectory: string): string | undefined {
  const path = jsonRecord(jsonRecord(source)['path_config_source'])['path'];
  if (typeof path !== 'string') return undefined;
  return path.startsWith(directory) ? path.slice(directory.length) : `${workingDirectory}/${path}`;
}

const directory = '${DIR}/';

/** Every `rds` inside a listener: of the connection managers of its filter chains. */
function routeSources(value: Json): readonly Readonly<Record<string, Json | undefined>>[] {
  if (Array.isArray(value)) return value.flatMap(routeSources);
  const fields = jsonRecord(value);
  const own = fields['rds'] === undefined ? [] : [jsonRecord(fields['rds'])];
  return [
    ...own,
    ...Object.values(fields).flatMap((field) => (field === undefined ? [] : routeSources(field))),
  ];
}

/** Envoy writes `:` as `_` in names of statistics. */
function statName(name: string): string {
  return name.replaceAll(':', '_');
}
