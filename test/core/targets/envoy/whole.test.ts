import { describe, expect, test } from 'vitest';
import type { Artifact } from '../../../../src/core/targets/artifact.ts';
import envoy from '../../../../src/core/targets/envoy/index.ts';
import { files } from '../../../../src/core/targets/files.ts';
import { meshCases } from '../../../cases/cases.ts';
import { linkedMesh } from '../../../cases/linked-mesh.ts';
import type { Loose } from './loose.ts';
import { filesOf, lower } from './lowered.ts';

const meshes = meshCases()
  .filter(({ target }) => target !== undefined)
  .map(({ name, directory, environment }) => ({ name, ir: linkedMesh(directory, environment) }));

describe.each(meshes)('all of $name', ({ ir }) => {
  const ways = [lower(ir), lower(ir, { endpoints: 'files' })];

  test('the same input gives the same bytes', () => {
    expect(files(lower(ir))).toEqual(files(lower(structuredClone(ir))));
  });

  test('resources of a file have unique names, known kinds and places of the spec', () => {
    const owned = new Set(envoy.owns.map(({ kind }) => kind));
    for (const artifacts of ways) {
      const keys = artifacts.map(
        (one) => `${one.type === 'file' ? one.path : one.type} ${one.kind} ${one.name}`,
      );
      expect(new Set(keys).size).toBe(keys.length);
      for (const { kind, origins } of artifacts) {
        expect(owned).toContain(kind);
        expect(origins.length).toBeGreaterThan(0);
      }
    }
  });

  test('every file that a proxy reads exists', () => {
    for (const artifacts of ways) {
      const there = new Set(filesOf(artifacts).map(({ path }) => path));
      for (const path of namedFiles(artifacts)) expect(there).toContain(path);
    }
  });

  test('every cluster in routes and listeners is one that the proxy reads', () => {
    for (const proxy of envoy.proxies?.(ir) ?? [])
      expect(missingClusters(lower(ir), proxy.bootstrap)).toEqual([]);
  });

  test('names of proxies are valid labels', () => {
    for (const { id } of envoy.proxies?.(ir) ?? [])
      expect(id).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
  });
});

const directory = '${DIR}/config/current/';

/** Returns the paths of the revision that configuration sources name. */
function namedFiles(artifacts: readonly Artifact[]): readonly string[] {
  return filesOf(artifacts).flatMap(({ resource }) =>
    collected(resource, 'path').flatMap((path) =>
      typeof path === 'string' && path.startsWith(directory) ? [path.slice('${DIR}/'.length)] : [],
    ),
  );
}

/** Returns the clusters that a proxy's routes and listeners name but its cluster file lacks. */
function missingClusters(artifacts: readonly Artifact[], bootstrap: string): readonly string[] {
  const byPath = new Map<string, Loose[]>();
  for (const { path, resource } of filesOf(artifacts))
    byPath.set(path, [...(byPath.get(path) ?? []), resource]);
  const read = (source: Loose): Loose[] =>
    byPath.get(source.path_config_source.path.slice('${DIR}/'.length)) ?? [];
  const { static_resources: own, dynamic_resources: sources } = byPath.get(bootstrap)?.[0];
  const known = new Set(
    [...(own?.clusters ?? []), ...read(sources.cds_config)].map(({ name }: Loose) => name),
  );
  const listeners = read(sources.lds_config);
  const routes = collected(listeners, 'rds').flatMap(({ config_source: source }: Loose) => read(source));
  const named = [
    ...collected([listeners, routes], 'cluster'),
    ...collected([listeners, routes], 'cluster_name'),
    ...collected([listeners, routes], 'weighted_clusters').flatMap(({ clusters }: Loose) =>
      clusters.map(({ name }: Loose) => name),
    ),
  ];
  // `hidden` is missing on purpose: a service that is hidden from a caller gets 404.
  return named.filter((name) => typeof name === 'string' && name !== 'hidden' && !known.has(name));
}

/** Returns every value of this key, at any depth. */
function collected(value: Loose, key: string): Loose[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name === key ? [inner] : []),
    ...collected(inner, key),
  ]);
}
