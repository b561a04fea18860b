import { expect, test } from 'vitest';
import { resourcesByPath, revisionVersions } from '../../../../../src/core/revision/revision-files.ts';
import type { Json } from '../../../../../src/core/targets/artifact.ts';
import { expectation, nodeOf } from '../../../../../src/core/targets/envoy/delivery/expectation.ts';
import { serverInfo } from '../../../../../src/core/targets/envoy/delivery/server-info.ts';
import { handMade } from '../../../run/hand-made.ts';

const revision = handMade({ admin: 1, outbound: 2, clusters: { v1: 3, v2: 4 }, weights: { v1: 1 } });
const versions = revisionVersions(revision.artifacts);
const resources = resourcesByPath(revision.artifacts);
const files = {
  resources: (path: string) => resources.get(path) ?? [],
  version: (path: string) => versions.get(path),
};
const bootstrap = resources.get('config/current/proxies/client/bootstrap.json')?.[0] as Json;
const of = (file: string) => {
  const path = `config/current/${file}`;
  return { path, version: versions.get(path)!, isChanged: false };
};

test('a proxy must show what its bootstrap leads to, but only changed endpoints', () => {
  const changed = new Set(['config/current/services/v2-eds.json']);
  expect(expectation(files, changed)(bootstrap, 'proxies/client')).toEqual([
    { kind: 'listeners', resource: 'listener_manager.lds', ...of('proxies/client/lds.json') },
    { kind: 'clusters', resource: 'cluster_manager.cds', ...of('proxies/client/cds.json') },
    { kind: 'routes', resource: '.rds.outbound', ...of('proxies/client/rds.json') },
    { kind: 'endpoints', resource: 'cluster.v2', ...of('services/v2-eds.json'), isChanged: true },
  ]);
});

// Envoy 1.40 exits: "paths must refer to an existing path in the system".
test('a file that the bootstrap names is expected even if the revision does not have it', () => {
  const found = expectation({ resources: () => [], version: () => undefined }, new Set())(
    bootstrap,
    'proxies/client',
  );
  expect(found.map(({ kind, version }) => [kind, version])).toEqual([
    ['listeners', undefined],
    ['clusters', undefined],
  ]);
});

test('the node id of a bootstrap is the one in /server_info', () => {
  expect(nodeOf(bootstrap)).toBe('client');
  const shown = { node: { id: 'client' }, uptime_current_epoch: '7s' };
  expect(serverInfo(JSON.stringify(shown))).toEqual({ node: 'client', uptime: 7 });
  for (const other of ['', 'hello', '[]', '{"node":{"id":"client"}}', '{"uptime_current_epoch":"7s"}'])
    expect(serverInfo(other), other).toBeUndefined();
});

test('a relative path starts at the working directory of each proxy', () => {
  const own = ['a', 'b'].map((id) => `proxies/${id}/app-eds.json`);
  const cluster = {
    name: 'app:http',
    eds_cluster_config: { eds_config: { path_config_source: { path: 'app-eds.json' } } },
  };
  const expected = expectation(
    {
      resources: (path) => (path.endsWith('cds.json') ? [cluster] : []),
      version: (path) => (own.includes(path) || path.startsWith('shared') ? path : undefined),
    },
    new Set(own),
  );
  const starts = {
    dynamic_resources: { cds_config: { path_config_source: { path: '${DIR}/shared/cds.json' } } },
  };
  for (const id of ['a', 'b']) {
    // Envoy replaces a colon by an underscore in names of statistics.
    expect(expected(starts, `proxies/${id}`).filter(({ kind }) => kind === 'endpoints')).toEqual([
      {
        kind: 'endpoints',
        resource: 'cluster.app_http',
        path: `proxies/${id}/app-eds.json`,
        version: `proxies/${id}/app-eds.json`,
        isChanged: true,
      },
    ]);
  }
});
