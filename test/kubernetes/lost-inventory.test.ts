import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LiveObject, ServedKind } from '../../src/ports/cluster.ts';
import { connected, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { SmallMesh } from './harness/small-mesh.ts';

describe.skipIf(testKubeconfig === undefined)('an inventory', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let small: SmallMesh;
  let routes: ServedKind;
  let count = 0;

  beforeAll(async () => {
    await installCrds(cluster);
    routes = await kindOf(cluster, 'networking.istio.io/v1', 'VirtualService');
  });
  afterAll(() => cluster.close());
  beforeEach(async () => {
    small = await SmallMesh.make(cluster, `inventory-${(count += 1)}`);
    small.write({ services: ['web', 'more'] });
    expect((await small.mesh('apply', '--yes')).code).toBe(0);
  });
  afterEach(() => small.remove());

  test('that is lost is a conflict that names the way out, and nothing is written', async () => {
    await loseInventory();
    const before = await versions();
    const refused = await small.mesh('apply', '--yes');
    expect(refused.code).toBe(7);
    expect(refused.error).toMatch(/--adopt core\/ConfigMap\/state-\S+ rebuilds it from them/);
    expect((await small.mesh('plan')).code).toBe(7);
    expect(await versions()).toEqual(before);
  });

  test('that is lost is made again from labels, without a write to the objects, and prunes as before', async () => {
    await loseInventory();
    const before = await versions();
    const adopt = await wayOut();
    const again = await small.mesh('apply', '--yes', ...adopt);
    expect(again.code, again.error).toBe(0);
    expect(await versions()).toEqual(before);
    expect((await small.mesh('drift', '--detailed-exitcode')).code).toBe(0);
    small.write({ services: ['web'] });
    const pruned = await small.mesh('apply', '--yes', '--allow-prune-percent', '100');
    expect(pruned.code, pruned.error).toBe(0);
    expect(await small.objects()).toHaveLength(1);
  });

  test('that is lost with all other records deletes nothing that nothing proves to be ours', async () => {
    await loseInventory();
    await loseState();
    small.write({ services: ['web'] });
    const adopt = await wayOut();
    const applied = await small.mesh('apply', '--yes', '--allow-prune-percent', '100', ...adopt);
    expect(applied.code, applied.error).toBe(0);
    expect(applied.error + applied.out).toMatch(/VirtualService\/\S+more stays: the inventory was lost/);
    expect(await small.objects()).toHaveLength(2);
    expect((await small.mesh('plan', '--detailed-exitcode')).code).toBe(0);
  });

  test('does not take an object with our label that somebody else made, lost or not', async () => {
    const [live] = await small.objects();
    const { labels = {} } = live?.metadata ?? {};
    const copy: LiveObject = {
      ...(live as LiveObject),
      metadata: { name: 'copy', namespace: small.namespace, labels },
    };
    await cluster.create(routes, copy);
    small.write({ services: [] });
    const pruned = await small.mesh('apply', '--yes', '--allow-prune-percent', '100');
    expect(pruned.code, pruned.error).toBe(0);
    expect((await small.objects()).map(({ metadata }) => metadata.name)).toEqual(['copy']);
    await loseInventory();
    await loseState();
    expect((await small.mesh('plan')).out).not.toContain('copy');
  });

  test('does not delete an object that took the name of a member', async () => {
    const live = (await small.objects()).find(({ metadata }) => metadata.name === 'more') as LiveObject;
    await cluster.remove(routes, live.metadata, { uid: live.metadata.uid ?? '' });
    const { name, namespace = '', labels = {} } = live.metadata;
    await cluster.create(routes, { ...live, metadata: { name, namespace, labels } });
    small.write({ services: ['web'] });
    const pruned = await small.mesh('apply', '--yes', '--allow-prune-percent', '100');
    expect(pruned.code, pruned.error).toBe(0);
    expect(pruned.error + pruned.out).toMatch(
      /VirtualService\/\S+more stays: it is another object of that name/,
    );
    expect((await small.objects()).map(({ metadata }) => metadata.name).sort()).toEqual(['more', 'web']);
  });

  async function wayOut(): Promise<readonly string[]> {
    const { error } = await small.mesh('apply', '--yes', '--allow-prune-percent', '100');
    const [, ref = ''] = /--adopt (core\/ConfigMap\/\S+)/.exec(error) ?? [];
    return ['--adopt', ref];
  }

  async function loseInventory(): Promise<void> {
    await removeAll(await kindOf(cluster, 'v1', 'ConfigMap'));
  }

  async function loseState(): Promise<void> {
    await removeAll(await kindOf(cluster, 'v1', 'Secret'));
    await removeAll(await kindOf(cluster, 'coordination.k8s.io/v1', 'Lease'));
  }

  async function removeAll(kind: ServedKind): Promise<void> {
    const { objects } = await cluster.list(kind, { namespace: small.stateNamespace });
    for (const { metadata } of objects) await cluster.remove(kind, metadata, { uid: metadata.uid ?? '' });
  }

  async function versions(): Promise<readonly unknown[]> {
    return (await small.objects()).map(({ metadata }) => [metadata.name, metadata.resourceVersion]);
  }
});
