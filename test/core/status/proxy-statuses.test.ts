import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outputDirectory } from '../../../src/adapters/output-directory.ts';
import { systemClock } from '../../../src/adapters/system-clock.ts';
import { currentVersions, type Observed } from '../../../src/core/history/observed.ts';
import { DirectoryOutput } from '../../../src/core/outputs/directory/directory-output.ts';
import { observe } from '../../../src/core/outputs/directory/observe.ts';
import { proxyStatuses } from '../../../src/core/status/proxy-statuses.ts';
import { concerns } from '../../../src/core/status/status.ts';
import envoy from '../../../src/core/targets/envoy/index.ts';
import type { Directory } from '../../../src/ports/directory.ts';
import type { ProxyAdmin } from '../../../src/ports/proxy-admin.ts';
import { applied } from '../run/delivering.ts';
import { handMade } from '../run/hand-made.ts';

let root: string;
let directory: Directory;
let observed: Observed;
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'meshwright-status-'));
  directory = await outputDirectory(root, 'out');
  await applied(directory, {
    next: handMade({ admin: 1, outbound: 2, clusters: { v1: 3 }, weights: { v1: 1 } }),
  });
  observed = await observe(directory, 'shop.default.edge', directory.path);
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const output = (): DirectoryOutput => new DirectoryOutput(directory);

/** Returns the /stats of an Envoy: the versions of the files that it has read, and its rejections since its start. */
function stats(versions: ReadonlyMap<string, string>, rejected = 0): string {
  const of = (file: string): string => versions.get(`config/current/${file}`) ?? '';
  return [
    `listener_manager.lds.version_text: "${of('proxies/client/lds.json')}"`,
    `cluster_manager.cds.version_text: "${of('proxies/client/cds.json')}"`,
    `http.outbound.rds.outbound.version_text: "${of('proxies/client/rds.json')}"`,
    `cluster.v1.version_text: "${of('services/v1-eds.json')}"`,
    `http.outbound.rds.outbound.update_rejected: ${rejected}`,
  ].join('\n');
}

/**
 * Returns the admin address of an Envoy with the node id `client`; if `statistics` is undefined, nobody listens there.
 */
function admin(statistics: string | undefined, node = 'client'): ProxyAdmin {
  const info = JSON.stringify({ node: { id: node }, uptime_current_epoch: '5s' });
  return {
    get: (_, request) =>
      Promise.resolve(
        statistics === undefined
          ? { state: 'absent' }
          : { state: 'answered', body: request === '/server_info' ? info : statistics },
      ),
  };
}

const seen = { client: { seen: '2026-11-25T12:00:00.000Z' } };

test('a proxy has the revision in force, shows another, is silent, or was never seen', async () => {
  const versions = currentVersions(observed);
  const known = { ...observed, state: { ...observed.state, proxies: seen } };
  const ask = async (of: Observed, answer: string | undefined) =>
    (await proxyStatuses(output(), envoy, of, { clock: systemClock, admin: admin(answer) }))[0];

  expect(await ask(known, stats(versions))).toEqual({
    id: 'client',
    state: 'accepted',
    seen: seen.client.seen,
  });
  // An old rejection says nothing about the present files.
  expect(await ask(known, stats(versions, 7))).toMatchObject({ state: 'accepted' });
  const other = new Map([...versions, ['config/current/proxies/client/rds.json', 'feedfeedfeedfeed']]);
  const behind = await ask(known, stats(other, 7));
  expect(behind).toMatchObject({ state: 'behind', detail: expect.stringContaining('feedfeedfeedfeed') });
  expect(await ask(known, undefined)).toMatchObject({ state: 'silent', detail: 'no answer at 127.0.0.1:1' });
  expect(await ask(observed, undefined)).toEqual({
    id: 'client',
    state: 'unseen',
    detail: 'no answer at 127.0.0.1:1',
  });
});

test('another process at the admin address, and one that does not answer, are not the proxy', async () => {
  const versions = currentVersions(observed);
  const ask = async (answers: ProxyAdmin) =>
    (await proxyStatuses(output(), envoy, observed, { clock: systemClock, admin: answers }))[0];
  expect(await ask(admin(stats(versions), 'other'))).toMatchObject({
    state: 'silent',
    detail: expect.stringContaining('has the node id "other", not "client"'),
  });
  const garbage: ProxyAdmin = { get: () => Promise.resolve({ state: 'answered', body: '<html>' }) };
  expect(await ask(garbage)).toMatchObject({
    state: 'silent',
    detail: expect.stringContaining('not an Envoy'),
  });
  const stopped: ProxyAdmin = { get: () => Promise.resolve({ state: 'silent' }) };
  expect(await ask(stopped)).toMatchObject({
    state: 'silent',
    detail: expect.stringContaining('takes connections'),
  });
});

test('the concerns of a target are its exit codes, the worst first', () => {
  const well = { proxies: [], certificates: [], differing: [] };
  expect(concerns(well)).toEqual([]);
  const run = { id: 'r', command: 'apply', reached: 1, stages: 3 } as const;
  const certificate = { proxy: 'p', subject: 's', state: 'near' } as const;
  expect(
    concerns({
      run,
      proxies: [{ id: 'p', state: 'silent' }],
      certificates: [certificate],
      differing: ['f'],
    }),
  ).toEqual([8, 9, 13, 2]);
  expect(concerns({ ...well, proxies: [{ id: 'p', state: 'unseen' }] })).toEqual([]);
  expect(concerns({ ...well, certificates: [{ ...certificate, state: 'due' }] })).toEqual([]);
  // A run whose holder is alive is under way, not stopped half way.
  const lock = { epoch: 2, id: 'r', isGone: false };
  expect(concerns({ ...well, run, lock })).toEqual([]);
  expect(concerns({ ...well, run, lock: { ...lock, isGone: true } })).toEqual([8]);
});
