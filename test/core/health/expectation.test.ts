import { expect, test } from 'vitest';
import { expectation } from '../../../src/core/health/expectation.ts';
import { resourcesByPath, revisionVersions } from '../../../src/core/plan/revision-files.ts';
import type { Json } from '../../../src/core/targets/artifact.ts';
import { handMade } from '../apply/hand-made.ts';

const revision = handMade({ admin: 1, outbound: 2, clusters: { v1: 3, v2: 4 }, weights: { v1: 1 } });
const versions = revisionVersions(revision.artifacts);
const resources = resourcesByPath(revision.artifacts);
const files = {
  resources: (path: string) => resources.get(path) ?? [],
  version: (path: string) => versions.get(path),
};
const bootstrap = resources.get('config/current/proxies/client/bootstrap.json')?.[0] as Json;
const at = (file: string): string => versions.get(`config/current/${file}`)!;

test('a proxy must show what its bootstrap leads to, and of endpoints what changed', () => {
  const changed = new Set(['config/current/services/v2-eds.json']);
  expect(expectation(files, changed)(bootstrap, 'proxies/client')).toEqual([
    { kind: 'listeners', resource: 'listener_manager.lds', version: at('proxies/client/lds.json') },
    { kind: 'clusters', resource: 'cluster_manager.cds', version: at('proxies/client/cds.json') },
    { kind: 'routes', resource: '.rds.outbound', version: at('proxies/client/rds.json') },
    { kind: 'endpoints', resource: 'cluster.v2', version: at('services/v2-eds.json') },
  ]);
});

test('a file that a revision does not have is not waited for', () => {
  expect(
    expectation({ resources: () => [], version: () => undefined }, new Set())(bootstrap, 'proxies/client'),
  ).toEqual([]);
});

test('a relative path leads from the working directory of each proxy', () => {
  const own = ['a', 'b'].map((id) => `proxies/${id}/app-eds.json`);
  const cluster = {
    name: 'app:http',
    eds_cluster_config: { eds_config: { path_config_source: { path: 'app-eds.json' } } },
  };
  const expected = expectation(
    {
      resources: (path) => (path.endsWith('cds.json') ? [cluster] : []),
      version: (path) => (own.includes(path) ? path : undefined),
    },
    new Set(own),
  );
  const starts = {
    dynamic_resources: { cds_config: { path_config_source: { path: '${DIR}/shared/cds.json' } } },
  };
  for (const id of ['a', 'b']) {
    // Envoy writes a colon as an underscore in names of statistics.
    expect(expected(starts, `proxies/${id}`)).toEqual([
      { kind: 'endpoints', resource: 'cluster.app_http', version: `proxies/${id}/app-eds.json` },
    ]);
  }
});
