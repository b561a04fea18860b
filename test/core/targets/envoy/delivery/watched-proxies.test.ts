import { expect, test } from 'vitest';
import { revisionVersions } from '../../../../../src/core/revision/revision-files.ts';
import { watchedProxies } from '../../../../../src/core/targets/envoy/delivery/watched-proxies.ts';
import { handMade } from '../../../run/hand-made.ts';

const revision = handMade({ admin: 1, outbound: 2, clusters: { v1: 3 }, weights: { v1: 1 } });

// Envoy's command line: --drain-time-s is in seconds, 600 by default.
test.each([
  ['the time of its command line', ['--drain-time-s', '5'], 5_000],
  ['ten minutes without such an option', ['--use-dynamic-base-id'], 600_000],
])('a proxy drains for %s', (_, words, time) => {
  const proxies = revision.proxies.map((proxy) => ({ ...proxy, arguments: words }));
  const now = { revision: { ...revision, proxies }, versions: revisionVersions(revision.artifacts) };
  const [watched] = watchedProxies(now, new Set(), undefined, () => false);
  expect(watched).toMatchObject({ id: 'client', drainTime: time });
});
