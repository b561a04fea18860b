import { jsonRecord } from '../../../lib/json-record.ts';
import type { Expected } from '../../acceptance.ts';
import type { FileArtifact, Json } from '../../artifact.ts';

/** The files of one revision as proxies see them: resources and version by path in the output directory. */
export interface ReadableFiles {
  resources(path: string): readonly FileArtifact['resource'][];
  /** Returns undefined if there is no such file. */
  version(path: string): string | undefined;
}

/** Returns the resources that a proxy with this bootstrap must show; relative paths start at `workingDirectory`. */
export type Expectation = (bootstrap: Json, workingDirectory: string) => readonly Expected[];

/**
 * Returns the resources that proxies must show after they have read a revision; endpoints count only in files of
 * `changed`. Proxies share files of clusters, so each of these files is examined once.
 */
export function expectation(files: ReadableFiles, changed: ReadonlySet<string>): Expectation {
  const sharedEndpoints = new Map<string, readonly Endpoints[]>();
  return (bootstrap, workingDirectory) => {
    const at = (source: Json | undefined): string | undefined => sourcePath(source, workingDirectory);
    const dynamic = jsonRecord(jsonRecord(bootstrap)['dynamic_resources']);
    const expected: Expected[] = [];
    const expect = (
      kind: Expected['kind'],
      resource: string,
      path: string | undefined,
      isNamedByBootstrap = false,
    ): void => {
      if (path === undefined) return;
      const version = files.version(path);
      const known = { kind, resource: statName(resource), path, isChanged: changed.has(path) };
      if (version !== undefined) expected.push({ ...known, version });
      // An Envoy does not start without a file that its bootstrap names.
      else if (isNamedByBootstrap) expected.push(known);
    };
    const [listeners, clusters] = [at(dynamic['lds_config']), at(dynamic['cds_config'])];
    expect('listeners', 'listener_manager.lds', listeners, true);
    expect('clusters', 'cluster_manager.cds', clusters, true);
    for (const rds of listeners === undefined ? [] : files.resources(listeners).flatMap(routeSources)) {
      const name = rds['route_config_name'];
      if (typeof name === 'string') expect('routes', `.rds.${name}`, at(rds['config_source']));
    }
    if (clusters === undefined) return expected;
    const endpoints = sharedEndpoints.get(clusters) ?? endpointsOf(files.resources(clusters), changed);
    sharedEndpoints.set(clusters, endpoints);
    for (const { cluster, source } of endpoints) {
      const path = at(source);
      if (path !== undefined && changed.has(path)) expect('endpoints', `cluster.${cluster}`, path);
    }
    return expected;
  };
}

/** Returns the node id of a bootstrap, which `/server_info` shows. */
export function nodeOf(bootstrap: Json): string | undefined {
  const { id } = jsonRecord(jsonRecord(bootstrap)['node']);
  return typeof id === 'string' ? id : undefined;
}

interface Endpoints {
  readonly cluster: string;
  readonly source: Json | undefined;
}

/**
 * Returns the clusters whose endpoints have changed, or may have for some proxies: each proxy resolves a relative path
 * differently.
 */
function endpointsOf(clusters: readonly Json[], changed: ReadonlySet<string>): readonly Endpoints[] {
  return clusters.flatMap((resource) => {
    const cluster = jsonRecord(resource);
    const source = jsonRecord(cluster['eds_cluster_config'])['eds_config'];
    const name = cluster['alt_stat_name'] ?? cluster['name'];
    const path = sourcePath(source, '');
    const asked = path !== undefined && (path.startsWith('/') || changed.has(path));
    return asked && typeof name === 'string' ? [{ cluster: name, source }] : [];
  });
}

/** Returns the path of a ConfigSource (envoy.config.core.v3) in the output directory. */
function sourcePath(source: Json | undefined, workingDirectory: string): string | undefined {
  const path = jsonRecord(jsonRecord(source)['path_config_source'])['path'];
  if (typeof path !== 'string') return undefined;
  return path.startsWith(directory) ? path.slice(directory.length) : `${workingDirectory}/${path}`;
}

const directory = '${DIR}/';

/** Returns every `rds` inside a listener: those of the connection managers in its filter chains. */
function routeSources(value: Json): readonly Readonly<Record<string, Json | undefined>>[] {
  if (Array.isArray(value)) return value.flatMap(routeSources);
  const fields = jsonRecord(value);
  const own = fields['rds'] === undefined ? [] : [jsonRecord(fields['rds'])];
  return [
    ...own,
    ...Object.values(fields).flatMap((field) => (field === undefined ? [] : routeSources(field))),
  ];
}

/** Returns a name as it occurs in statistics, where Envoy replaces `:` by `_`. */
function statName(name: string): string {
  return name.replaceAll(':', '_');
}
