import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/system-clock.ts';
import { memberLabel } from '../../src/core/outputs/kubernetes/apply-set.ts';
import { type MemberChange, watchMembers } from '../../src/core/outputs/kubernetes/watch-members.ts';
import type { LiveObject, ServedKind } from '../../src/ports/cluster.ts';
import { connected, connectedTo, ensureNamespace, kindOf, testKubeconfig } from './harness/connected.ts';
import { startFaultProxy } from './harness/fault-proxy.ts';
import { rawRequest } from './harness/raw-request.ts';

const namespace = 'watch-test';
const set = 'applyset-watched-v1';

describe.skipIf(testKubeconfig === undefined)('members that are watched', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let maps: ServedKind;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mesh-watch-'));
    await ensureNamespace(cluster, namespace);
    maps = await kindOf(cluster, 'v1', 'ConfigMap');
  });
  afterAll(() => {
    cluster.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('are told as they come, change and go, across watches that break and versions that are forgotten', async () => {
    const proxy = await startFaultProxy();
    const faulty = connectedTo(proxy.address, folder);
    const stop = new AbortController();
    const changes = watchMembers(faulty, set, maps, { clock: systemClock, signal: stop.signal });
    try {
      await make('a');
      expect(await next(changes)).toEqual(['a', false, '1']);
      await edit('a', { data: { a: '2' } });
      expect(await next(changes)).toEqual(['a', false, '2']);
      // The next watches fail: one is dropped, one is told that its version is too old.
      const faults = [{ drop: true as const }, { status: 410 }];
      proxy.faultOf = ({ path }) => (path.includes('watch=true') ? faults.shift() : undefined);
      proxy.breakConnections();
      await make('b');
      await edit('a', { metadata: { labels: { [memberLabel]: null } } });
      const told = [await next(changes), await next(changes)].sort();
      expect(told).toEqual([
        ['a', true, '2'],
        ['b', false, '1'],
      ]);
      expect(faults).toEqual([]);
    } finally {
      stop.abort();
      await changes.return();
      faulty.close();
      await proxy.stop();
    }
  });

  test('may be of many kinds: open watches keep no other request waiting', async () => {
    const stop = new AbortController();
    const { resourceVersion } = await cluster.list(maps, { namespace });
    const watches = Array.from({ length: 12 }, () =>
      cluster.watch(maps, { namespace, resourceVersion }, stop.signal).next(),
    );
    try {
      await make('many');
      expect(await Promise.all(watches)).toHaveLength(12);
      await expect(cluster.list(maps, { namespace })).resolves.toBeDefined();
    } finally {
      stop.abort();
    }
  });

  async function make(name: string): Promise<void> {
    const metadata = { name, namespace, labels: { [memberLabel]: set } };
    const object: LiveObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: '1' } };
    await cluster.create(maps, object);
  }

  function edit(name: string, patch: unknown): Promise<void> {
    return rawRequest('PATCH', `/api/v1/namespaces/${namespace}/configmaps/${name}`, patch);
  }
});

async function next(changes: AsyncGenerator<MemberChange, void>): Promise<[string, boolean, unknown]> {
  const { value } = await changes.next();
  if (!value) throw new Error('the watch has ended');
  return [value.live.metadata.name, value.isGone, (value.live['data'] as { a?: string } | undefined)?.a];
}
