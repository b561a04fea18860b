import { expect, test } from 'vitest';
import { acceptance, draining } from '../../../src/core/health/acceptance.ts';
import type { Expected } from '../../../src/core/health/expectation.ts';
import { proxyReport } from '../../../src/core/health/proxy-report.ts';

// Lines as Envoy 1.40 prints them.
function stats(lds: string, rds: string, more = ''): string {
  return `listener_manager.lds.version_text: "${lds}"
http.outbound.rds.out.route_80.version_text: "${rds}"
cluster.shop/a/*/http.version_text: "e1"
cluster_manager.cds.version_text: "c1"
listener_manager.lds.update_rejected: 1
listener_manager.lds.update_failure: 0
http.outbound.rds.out.route_80.update_rejected: 0
cluster_manager.warming_clusters: 0
listener_manager.total_listeners_warming: 0
listener_manager.total_listeners_draining: 2
listener_manager.total_filter_chains_draining: 1
${more}`;
}

const expected: readonly Expected[] = [
  { kind: 'listeners', resource: 'listener_manager.lds', version: 'l2' },
  { kind: 'clusters', resource: 'cluster_manager.cds', version: 'c1' },
  { kind: 'routes', resource: '.rds.out.route_80', version: 'r2' },
  { kind: 'endpoints', resource: 'cluster.shop/a/*/http', version: 'e1' },
];
const before = proxyReport(stats('l1', 'r1'));

test.each([
  ['everything shows the new version', stats('l2', 'r2'), { state: 'accepted' }],
  [
    'routes are not read yet',
    stats('l2', 'r1'),
    { state: 'waiting', reason: expect.stringContaining('routes still r1, not r2') },
  ],
  ['a rejection of before does not count', stats('l1', 'r2'), { state: 'waiting' }],
  [
    'a new rejection',
    stats('l1', 'r2').replace('rejected: 1', 'rejected: 2'),
    { state: 'rejected', detail: expect.stringContaining('refused listeners l2') },
  ],
  [
    'a file that is no JSON',
    stats('l1', 'r2').replace('failure: 0', 'failure: 1'),
    { state: 'rejected', detail: expect.stringContaining('could not read listeners') },
  ],
  [
    'clusters are warming',
    stats('l2', 'r2').replace('clusters: 0', 'clusters: 3'),
    { state: 'waiting', reason: '3 clusters and 0 listeners are warming' },
  ],
  [
    'routes under two listeners, one of them behind',
    stats('l2', 'r2', 'http.other.rds.out.route_80.version_text: "r1"\n'),
    { state: 'waiting' },
  ],
  ['a proxy that just started', '', { state: 'waiting', reason: expect.stringContaining('not read yet') }],
])('%s', (_, body, answer) => {
  expect(acceptance(expected, before, proxyReport(body))).toMatchObject(answer);
});

test('draining counts listeners and filter chains', () => {
  expect(draining(before)).toBe(3);
});
