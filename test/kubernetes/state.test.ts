import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gzipBase64 } from '../../src/adapters/gzip-base64.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';
import type { Member } from '../../src/core/outputs/kubernetes/inventory.ts';
import { readInventory, setOf, writeInventory } from '../../src/core/outputs/kubernetes/inventory-parent.ts';
import { KubernetesLock } from '../../src/core/outputs/kubernetes/kubernetes-lock.ts';
import { LeaseRecord } from '../../src/core/outputs/kubernetes/lease-record.ts';
import { StateSecrets } from '../../src/core/outputs/kubernetes/state-secrets.ts';
import { connected, ensureNamespace, kindOf, testKubeconfig } from './harness/connected.ts';

const namespace = 'state-test';

describe.skipIf(testKubeconfig === undefined)('the state in a cluster', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;

  beforeAll(() => ensureNamespace(cluster, namespace));
  afterAll(() => cluster.close());

  describe('in Secrets', () => {
    const state = (parent: string): StateSecrets =>
      new StateSecrets(cluster, { namespace, parent, compression: gzipBase64 });

    test('is read as it was written, and exchanged by its version alone', async () => {
      const secrets = state('mesh-a');
      expect(await secrets.read('journal')).toBeUndefined();
      const first = await secrets.write('journal', 'one ☂', undefined);
      expect(await secrets.read('journal')).toEqual({ text: 'one ☂', version: first });
      expect(await secrets.write('journal', 'other', undefined)).toBeUndefined();
      const second = await secrets.write('journal', 'two', first);
      expect(await secrets.write('journal', 'three', first)).toBeUndefined();
      expect(await secrets.read('journal')).toEqual({ text: 'two', version: second });
      await secrets.remove('journal');
      expect(await secrets.read('journal')).toBeUndefined();
      await secrets.remove('journal');
    });

    test('is split below the size of an object, and leaves no part behind', async () => {
      const secrets = state('mesh-b');
      const large = randomBytes(1_500_000).toString('hex');
      const first = await secrets.write('snapshots/1', large, undefined);
      expect((await secrets.read('snapshots/1'))?.text).toBe(large);
      expect(await secretsOf('mesh-b')).toBeGreaterThan(2);
      await secrets.write('snapshots/1', 'small', first);
      expect(await secretsOf('mesh-b')).toBe(1);
      expect((await secrets.read('snapshots/1'))?.text).toBe('small');
    });

    test('has names, of one inventory alone', async () => {
      await state('mesh-c').write('history/2', 'x', undefined);
      await state('mesh-c').write('history/1', 'x', undefined);
      await state('mesh-c').write('journal', 'x', undefined);
      await state('mesh-d').write('history/3', 'x', undefined);
      expect(await state('mesh-c').names('history/')).toEqual(['history/1', 'history/2']);
    });

    test('that somebody changed is damaged, not read', async () => {
      await state('mesh-e').write('journal', 'text', undefined);
      const kind = await kindOf(cluster, 'v1', 'Secret');
      const { objects } = await cluster.list(kind, {
        namespace,
        labels: { 'meshwright.dev/inventory': 'mesh-e' },
      });
      const [head] = objects;
      if (head) await cluster.replace(kind, { ...head, data: { part: gzipBase64.pack('other') } });
      await expect(state('mesh-e').read('journal')).rejects.toThrow(/keeps journal, is damaged/);
    });
  });

  test('in a Lease is taken by one of two, and shows who holds it', async () => {
    const lease = new LeaseRecord(cluster, { namespace, name: 'mesh-lock' });
    const facts = { holder: 'a@b', ttl: 30_000, epoch: 1, taken: new Date(0), renewed: new Date(1) };
    const taken = await Promise.all([
      lease.write('first', facts, undefined),
      lease.write('second', facts, undefined),
    ]);
    const [version] = taken.filter((one) => one !== undefined);
    expect(taken.filter((one) => one !== undefined)).toHaveLength(1);
    expect(await lease.read()).toEqual({
      text: taken[0] === undefined ? 'second' : 'first',
      version,
      epoch: 1,
    });
    const next = await lease.write('beat', { ...facts, epoch: 2 }, version);
    expect(await lease.write('late', facts, version)).toBeUndefined();
    expect(await lease.read()).toEqual({ text: 'beat', version: next, epoch: 2 });
    const kind = await kindOf(cluster, 'coordination.k8s.io/v1', 'Lease');
    expect((await cluster.read(kind, { namespace, name: 'mesh-lock' }))?.['spec']).toEqual({
      holderIdentity: 'a@b',
      leaseDurationSeconds: 30,
      leaseTransitions: 2,
      acquireTime: '1970-01-01T00:00:00.000000Z',
      renewTime: '1970-01-01T00:00:00.001000Z',
    });
  });

  test('is read again only if another run has held the lock since it was read', async () => {
    const gaps: string[] = [];
    const lockOf = (run: string): KubernetesLock =>
      new KubernetesLock(new LeaseRecord(cluster, { namespace, name: 'mesh-gap' }), {
        clock: systemClock,
        name: 'mesh-gap',
        onGap: () => gaps.push(run),
      });
    const record = (released: boolean): string => JSON.stringify({ holder: 'a@b', ttl: 30_000, released });
    const [first, second] = [lockOf('first'), lockOf('second')];
    await first.look();
    expect(await first.create(1, record(false))).toBe(true);
    await first.replace(1, record(true));
    expect(gaps).toEqual([]);

    await first.look();
    await second.look();
    expect(await second.create(2, record(false))).toBe(true);
    await second.replace(2, record(true));
    // The version that `first` has seen is no longer there: the taking fails, and asks again.
    expect(await first.create(3, record(false))).toBe(false);
    expect(await first.epochs()).toEqual([2]);
    expect(await first.create(3, record(false))).toBe(true);
    expect(gaps).toEqual(['first']);
  });

  test('of a lock that another took by force ends the writes of its holder within a second', async () => {
    const lease = new LeaseRecord(cluster, { namespace, name: 'mesh-force' });
    const settings = { clock: systemClock, name: 'mesh-force', onGap: () => undefined };
    const [holder, other] = [new KubernetesLock(lease, settings), new KubernetesLock(lease, settings)];
    const record = JSON.stringify({ holder: 'a@b', ttl: 30_000 });
    expect(await holder.create(1, record)).toBe(true);
    expect(await other.epochs()).toEqual([1]);
    expect(await other.create(2, record)).toBe(true);
    await systemClock.sleep(1_000);
    expect(await holder.epochs()).toEqual([2]);
    await expect(holder.replace(1, record)).rejects.toMatchObject({ exitCode: 6 });
  });

  describe('of an inventory', () => {
    const settings = { inventory: 'shop.prod.mesh', namespace, tool: 'mesh/1.0.0', compression: gzipBase64 };
    const member: Member = {
      ref: 'core/ConfigMap/shop/a',
      apiVersion: 'v1',
      kind: 'ConfigMap',
      namespace: 'shop',
      name: 'a',
    };
    const members = new Map([[member.ref, member]]);

    test('is read as it was written; of two runs one wins', async () => {
      expect(await readInventory(cluster, settings)).toBeUndefined();
      const version = await writeInventory(cluster, settings, { members }, undefined);
      expect(await readInventory(cluster, settings)).toEqual({ members, version });
      const next = await writeInventory(cluster, settings, { members: new Map(), mark: 'm' }, version);
      expect(await writeInventory(cluster, settings, { members }, version)).toBeUndefined();
      expect(await readInventory(cluster, settings)).toEqual({
        members: new Map(),
        mark: 'm',
        version: next,
      });
    });

    test('that another tool keeps is left alone', async () => {
      const other = { ...settings, inventory: 'other.prod.mesh' };
      await writeInventory(cluster, { ...other, tool: 'kubectl/v1.35.0' }, { members }, undefined);
      await expect(readInventory(cluster, other)).rejects.toMatchObject({
        exitCode: 7,
        message: expect.stringContaining('kubectl/v1.35.0 keeps it') as string,
      });
    });

    test('of another environment is another set', () => {
      expect(setOf(settings)).not.toBe(setOf({ ...settings, inventory: 'shop.test.mesh' }));
    });
  });

  async function secretsOf(parent: string): Promise<number> {
    const kind = await kindOf(cluster, 'v1', 'Secret');
    const labels = { 'meshwright.dev/inventory': parent };
    return (await cluster.list(kind, { namespace, labels })).objects.length;
  }
});
