import { expect, test } from 'vitest';
import type { Baseline, Expected } from '../../../../../src/core/targets/acceptance.ts';
import { baselinesJson, readBaselines } from '../../../../../src/core/targets/envoy/delivery/baseline.ts';
import { proxyReport } from '../../../../../src/core/targets/envoy/delivery/proxy-report.ts';
import { draining, verdict } from '../../../../../src/core/targets/envoy/delivery/verdict.ts';

// Returns lines in the form of Envoy 1.40.
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
  { kind: 'listeners', resource: 'listener_manager.lds', path: 'lds', version: 'l2', isChanged: true },
  { kind: 'clusters', resource: 'cluster_manager.cds', path: 'cds', version: 'c1', isChanged: false },
  { kind: 'routes', resource: '.rds.out.route_80', path: 'rds', version: 'r2', isChanged: true },
  { kind: 'endpoints', resource: 'cluster.shop/a/*/http', path: 'eds', version: 'e1', isChanged: true },
];
/** A process that started at second 100 of the clock, and its report at second 200. */
const started = { from: 99_000, to: 101_000 };
const report = (body: string, from = started) => proxyReport(body, from);
const before: Baseline = { at: 200_000, report: report(stats('l1', 'r1')) };

test.each([
  ['all resources show the new version', stats('l2', 'r2'), { state: 'accepted' }],
  [
    'routes are not read yet',
    stats('l2', 'r1'),
    { state: 'waiting', reason: expect.stringContaining('routes still r1, not r2') },
  ],
  ['an earlier rejection does not count', stats('l1', 'r2'), { state: 'waiting' }],
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
  expect(verdict(expected, before, report(body), true)).toMatchObject(answer);
});

test('draining counts listeners and filter chains', () => {
  expect(draining(report(stats('l1', 'r1')))).toBe(3);
});

const anew = { from: 299_000, to: 301_000 };
const rejects = (count: number): string => stats('l1', 'r2').replace('rejected: 1', `rejected: ${count}`);

test.each([
  [
    'shows the old version and has counted nothing',
    stats('l1', 'r2').replace('rejected: 1', 'rejected: 0'),
    'waiting',
  ],
  ['shows no version and has counted nothing', '', 'waiting'],
  // The previous process had also counted one: this rejection is a new one.
  ['counts a rejection', rejects(1), 'rejected'],
  ['shows no version and counts a rejection', rejects(1).replace('"l1"', '""'), 'rejected'],
  ['shows the new version', stats('l2', 'r2'), 'accepted'],
])('a proxy that was restarted since the baseline and %s', (_, body, state) => {
  expect(verdict(expected, before, report(body, anew), true)).toMatchObject({ state });
});

test('a restart within a second is detected by a counter that decreased', () => {
  const many = { at: 200_000, report: report(rejects(5)) };
  expect(verdict(expected, many, report(rejects(2)), true)).toMatchObject({ state: 'rejected' });
  expect(verdict(expected, many, report(rejects(5)), true)).toMatchObject({ state: 'waiting' });
});

test('a proxy without a report at the baseline is judged from its start, if it started after the baseline', () => {
  const silent = { at: 200_000 };
  expect(verdict(expected, silent, report(rejects(1), anew), true)).toMatchObject({ state: 'rejected' });
  // Its counters may be old.
  expect(verdict(expected, silent, report(rejects(1)), true)).toMatchObject({ state: 'waiting' });
});

test('a journal stores all data of baselines that a verdict needs', () => {
  const kept = readBaselines(JSON.parse(JSON.stringify(baselinesJson(new Map([['p', before]])))));
  const [, baseline] = [...kept][0]!;
  for (const body of [rejects(1), rejects(2), stats('l2', 'r2')])
    expect(verdict(expected, baseline, report(body), true)).toEqual(
      verdict(expected, before, report(body), true),
    );
});

test('a failure after the acceptance is reported, although the version is right', () => {
  const accepted = { at: 200_000, report: report(stats('l2', 'r2')), isAccepted: true };
  expect(verdict(expected, accepted, report(stats('l2', 'r2')), true)).toEqual({ state: 'accepted' });
  const failing = stats('l2', 'r2').replace('failure: 0', 'failure: 3');
  expect(verdict(expected, accepted, report(failing), true)).toMatchObject({
    state: 'waiting',
    reason: expect.stringContaining('could not read an update after that'),
  });
});

test('a stage is not responsible for an unchanged file that was not in force before', () => {
  const refused = expected.map((one) => (one.kind === 'routes' ? { ...one, isChanged: false } : one));
  const now = report(stats('l2', 'r1').replace('route_80.update_rejected: 0', 'route_80.update_rejected: 1'));
  expect(verdict(refused, before, now, false)).toEqual({ state: 'accepted' });
  expect(verdict(refused, before, now, true)).toMatchObject({ state: 'rejected' });
});

test('a file that the bootstrap names and the revision lacks is never accepted', () => {
  const { version: _, ...lacking } = expected[1]!;
  const now = report(stats('l2', 'r2'));
  expect(verdict([...expected.slice(0, 1), lacking], before, now, true)).toMatchObject({
    state: 'waiting',
    reason: expect.stringContaining('its bootstrap names cds for its clusters'),
  });
});
