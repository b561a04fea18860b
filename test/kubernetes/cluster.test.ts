import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LiveObject, ServedKind, WatchEvent } from '../../src/ports/cluster.ts';
import { PortError } from '../../src/ports/port-error.ts';
import { connected, connectedTo, ensureNamespace, kindOf, testKubeconfig } from './harness/connected.ts';
import { type FaultProxy, startFaultProxy } from './harness/fault-proxy.ts';

const namespace = 'cluster-test';

describe.skipIf(testKubeconfig === undefined)('a cluster', () => {
  const cluster = testKubeconfig === undefined ? undefined : connected();
  const admin = cluster as NonNullable<typeof cluster>;
  let maps: ServedKind;
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mesh-cluster-'));
    maps = await kindOf(admin, 'v1', 'ConfigMap');
    await ensureNamespace(admin, namespace);
  });
  afterAll(() => {
    admin.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('says which kinds it serves, and none that it does not', async () => {
    expect(maps).toEqual({ apiVersion: 'v1', kind: 'ConfigMap', resource: 'configmaps', namespaced: true });
    expect((await kindOf(admin, 'v1', 'Namespace')).namespaced).toBe(false);
    expect(await admin.served('v1', 'Nothing')).toBeUndefined();
    expect(await admin.served('nothing.example.com/v1', 'Nothing')).toBeUndefined();
  });

  test('answers the schemas of a group version, with the keys of its lists', async () => {
    const schemas = await admin.schemas('v1');
    expect(schemas?.['io.k8s.api.core.v1.ServiceSpec']).toMatchObject({
      properties: { ports: { 'x-kubernetes-list-map-keys': ['port', 'protocol'] } },
    });
    expect(await admin.schemas('nothing.example.com/v1')).toBeUndefined();
  });

  describe('server-side apply', () => {
    test('creates, changes nothing the second time, and names the manager of a field in a conflict', async () => {
      const object = configMap('applied', { a: '1' });
      const first = await admin.apply(maps, object, { manager: 'mesh/one' });
      expect(first).toMatchObject({ state: 'applied', created: true });
      const again = await admin.apply(maps, object, { manager: 'mesh/one' });
      expect(again).toMatchObject({ state: 'applied', created: false });
      expect(versionOf(again)).toBe(versionOf(first));
      const other = configMap('applied', { a: '2' });
      expect(await admin.apply(maps, other, { manager: 'mesh/two' })).toEqual({
        state: 'conflict',
        conflicts: [{ manager: 'mesh/one', field: '.data.a' }],
      });
      expect(await admin.apply(maps, other, { manager: 'mesh/two', force: true })).toMatchObject({
        state: 'applied',
      });
    });

    test('as a dry run writes nothing', async () => {
      const answer = await admin.apply(maps, configMap('dry', {}), { manager: 'mesh/one', dryRun: true });
      expect(answer).toMatchObject({ state: 'applied', created: true });
      expect(await admin.read(maps, { namespace, name: 'dry' })).toBeUndefined();
    });

    test('refuses a field that the schema does not have', async () => {
      const answer = await admin.apply(
        maps,
        { ...configMap('strict', {}), nothing: 1 },
        { manager: 'mesh/one' },
      );
      expect(answer).toMatchObject({
        state: 'refused',
        refusal: 'invalid',
        why: expect.stringContaining('nothing') as string,
      });
    });

    test('tells a version that moved from a conflict', async () => {
      const first = await admin.apply(maps, configMap('moved', { a: '1' }), { manager: 'mesh/one' });
      await admin.apply(maps, configMap('moved', { b: '1' }), { manager: 'mesh/two' });
      const stale = configMap('moved', { a: '2' });
      const { metadata } = stale;
      const object = { ...stale, metadata: { ...metadata, resourceVersion: versionOf(first) } };
      expect(await admin.apply(maps, object, { manager: 'mesh/one' })).toEqual({ state: 'changed' });
    });

    test('is refused with its reason in a namespace that is not there, and in one that is going', async () => {
      const nowhere = { ...configMap('a', {}), metadata: { name: 'a', namespace: 'nowhere' } };
      expect(await admin.apply(maps, nowhere, { manager: 'mesh/one' })).toMatchObject({
        state: 'refused',
        refusal: 'no such namespace',
      });
      await ensureNamespace(admin, 'going');
      const kind = await kindOf(admin, 'v1', 'Namespace');
      const uid = (await admin.read(kind, { name: 'going' }))?.metadata.uid ?? '';
      // No controller of namespaces runs here, so that it stays in this state.
      await admin.remove(kind, { name: 'going' }, { uid });
      const going = { ...configMap('a', {}), metadata: { name: 'a', namespace: 'going' } };
      expect(await admin.apply(maps, going, { manager: 'mesh/one' })).toMatchObject({
        state: 'refused',
        refusal: 'terminating namespace',
      });
    });

    test('of a kind that no CRD has is refused as such', async () => {
      const kind = { apiVersion: 'nothing.example.com/v1', kind: 'X', resource: 'xs', namespaced: true };
      const object = { apiVersion: kind.apiVersion, kind: 'X', metadata: { name: 'a', namespace } };
      expect(await admin.apply(kind, object, { manager: 'mesh/one' })).toMatchObject({
        state: 'refused',
        refusal: 'no such kind',
      });
    });

    test('of an object that is too large is refused as such', async () => {
      const object = configMap('large', { a: 'x'.repeat(4 * 1024 * 1024) });
      expect(await admin.apply(maps, object, { manager: 'mesh/one' })).toMatchObject({
        state: 'refused',
        refusal: expect.stringMatching(/^(too large|invalid)$/) as string,
      });
    });
  });

  test('lists what carries a label, page by page', async () => {
    for (let i = 0; i < 3; i += 1) {
      const object = configMap(`listed-${i}`, {});
      const labels = { listed: i === 2 ? 'no' : 'yes' };
      await admin.apply(maps, { ...object, metadata: { ...object.metadata, labels } }, { manager: 'm' });
    }
    const { objects, resourceVersion } = await admin.list(maps, { labels: { listed: 'yes' } });
    expect(objects.map(({ kind, metadata }) => [kind, metadata.name])).toEqual([
      ['ConfigMap', 'listed-0'],
      ['ConfigMap', 'listed-1'],
    ]);
    expect(Number(resourceVersion)).toBeGreaterThan(0);
  });

  test('creates an object once, and replaces only the version that was read', async () => {
    const made = await admin.create(maps, configMap('swapped', { a: '1' }));
    expect(await admin.create(maps, configMap('swapped', { a: '1' }))).toBeUndefined();
    const first = { ...(made as LiveObject), data: { a: '2' } };
    expect(await admin.replace(maps, first)).toMatchObject({ data: { a: '2' } });
    expect(await admin.replace(maps, first)).toBeUndefined();
  });

  test('deletes only the object that is meant', async () => {
    const made = await admin.create(maps, configMap('removed', {}));
    const name = { namespace, name: 'removed' };
    expect(await admin.remove(maps, name, { uid: '00000000-0000-0000-0000-000000000000' })).toBe('changed');
    const uid = made?.metadata.uid ?? '';
    expect(await admin.remove(maps, name, { uid, resourceVersion: '1' })).toBe('changed');
    expect(await admin.remove(maps, name, { uid })).toBe('removed');
    expect(await admin.remove(maps, name, { uid })).toBe('absent');
  });

  test('reports changes from a version on', async () => {
    const { resourceVersion } = await admin.list(maps, { namespace });
    const stop = new AbortController();
    const events = admin.watch(maps, { namespace, resourceVersion }, stop.signal);
    await admin.apply(maps, configMap('watched', { a: '1' }), { manager: 'm' });
    const event = (await events.next()).value as WatchEvent;
    expect([event.type, event.object.metadata.name]).toEqual(['added', 'watched']);
    const next = events.next();
    stop.abort();
    expect(await next).toEqual({ done: true, value: 'closed' });
  });

  describe('that refuses access', () => {
    test('is an error that names verb and resource', async () => {
      const nobody = connected('nobody');
      expect(await nobody.apply(maps, configMap('a', {}), { manager: 'm' })).toEqual({
        state: 'forbidden',
        why: expect.stringMatching(
          /^cannot patch configmaps in namespace cluster-test: .*cannot patch resource/,
        ) as string,
      });
      await expect(nobody.list(maps)).rejects.toMatchObject({ exitCode: 15 });
      nobody.close();
    });

    test('tells wrong credentials', async () => {
      const file = join(folder, 'wrong');
      const text = (await import('node:fs')).readFileSync(testKubeconfig ?? '', 'utf8');
      writeFileSync(file, text.replace('admin-token', 'wrong-token'));
      const wrong = connected('admin', file);
      await expect(wrong.list(maps)).rejects.toThrow(/credentials .*401/);
      wrong.close();
    });
  });

  test('that is not there is an error at once', async () => {
    const absent = connectedTo('http://127.0.0.1:1', folder);
    const before = Date.now();
    await expect(absent.list(maps)).rejects.toThrow(PortError);
    expect(Date.now() - before).toBeLessThan(2000);
  });

  test('of no context of the kubeconfig is an error that names those that are there', () => {
    expect(() => connected('elsewhere')).toThrow(
      /no context elsewhere: there are admin, planner, applier, nobody/,
    );
  });

  describe('behind faults', () => {
    let proxy: FaultProxy;
    let faulty: ReturnType<typeof connected>;
    beforeEach(async () => {
      proxy = await startFaultProxy();
      faulty = connectedTo(proxy.address, folder);
    });
    afterEach(async () => {
      faulty.close();
      await proxy.stop();
    });

    test.each([
      ['an overloaded server', { status: 429, headers: { 'retry-after': '1' } }],
      ['an error of the server', { status: 500 }],
      ['an error of the server after it wrote', { status: 500, after: true }],
      ['a connection that is lost', { drop: true as const }],
      ['a connection that is lost after it wrote', { drop: true as const, after: true }],
    ])('gets over %s', async (name, fault) => {
      await faulty.list(maps, { namespace });
      let left = 2;
      proxy.faultOf = ({ method }) => (method === 'PATCH' && left-- > 0 ? fault : undefined);
      const object = configMap(`fault-${name.replaceAll(' ', '-')}`, { a: '1' });
      const before = Date.now();
      expect(await faulty.apply(maps, object, { manager: 'mesh/one' })).toMatchObject({ state: 'applied' });
      expect(proxy.seen.filter(({ method }) => method === 'PATCH')).toHaveLength(3);
      if ('status' in fault && fault.status === 429) expect(Date.now() - before).toBeGreaterThanOrEqual(2000);
    });

    test('gives up on a server that stays ill', async () => {
      proxy.faultOf = () => ({ status: 503 });
      await expect(faulty.list(maps)).rejects.toMatchObject({
        exitCode: 15,
        message: expect.stringMatching(/^cannot list configmaps: .* answers 503/) as string,
      });
      expect(proxy.seen).toHaveLength(6);
    });

    test('lists anew if a page has expired', async () => {
      let left = 1;
      proxy.faultOf = ({ path }) => (path.includes('limit=') && left-- > 0 ? { status: 410 } : undefined);
      expect((await faulty.list(maps, { namespace })).objects.length).toBeGreaterThan(0);
    });

    test('asks for credentials again once when they have expired', async () => {
      let left = 1;
      proxy.faultOf = () => (left-- > 0 ? { status: 401 } : undefined);
      await expect(faulty.list(maps, { namespace })).resolves.toBeDefined();
    });
  });

  function configMap(name: string, data: Readonly<Record<string, string>>): LiveObject {
    return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
  }
});

function versionOf(answer: unknown): string {
  return (answer as { object: LiveObject }).object.metadata.resourceVersion ?? '';
}
