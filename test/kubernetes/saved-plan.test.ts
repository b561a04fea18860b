import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LiveObject } from '../../src/ports/cluster.ts';
import { connected, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { rawRequest } from './harness/raw-request.ts';
import { SmallMesh } from './harness/small-mesh.ts';

describe.skipIf(testKubeconfig === undefined)('a plan of a cluster', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let small: SmallMesh;
  let file: string;
  let count = 0;

  beforeAll(() => installCrds(cluster));
  afterAll(() => cluster.close());
  beforeEach(async () => {
    small = await SmallMesh.make(cluster, `saved-${(count += 1)}`);
    file = path.join(small.root, 'plan.json');
  });
  afterEach(() => small.remove());

  test('of a kind that the cluster does not have is an estimate, and an apply of it writes nothing', async () => {
    const crds = await kindOf(cluster, 'apiextensions.k8s.io/v1', 'CustomResourceDefinition');
    const crd = await cluster.read(crds, { name: telemetries });
    await cluster.remove(crds, { name: crd?.metadata.name ?? '' }, { uid: crd?.metadata.uid ?? '' });
    try {
      const fresh = connected();
      await until(async () =>
        (await fresh.list(crds)).objects.every(({ metadata }) => metadata.name !== telemetries),
      );
      await until(async () => (await fresh.served('telemetry.istio.io/v1', 'Telemetry')) === undefined);
      fresh.close();
      const planned = await small.mesh('plan', '--format', 'json', '--detailed-exitcode');
      expect(planned.code, planned.error).toBe(2);
      const { objects } = (JSON.parse(planned.out) as PlanJson).targets.cluster;
      const estimates = objects.filter(({ estimate }) => estimate !== undefined);
      expect(estimates).toEqual([
        expect.objectContaining({
          op: 'create',
          ref: expect.stringContaining('/Telemetry/') as string,
          estimate: 'the cluster has no Telemetry of telemetry.istio.io/v1 yet',
        }),
      ]);
      expect((await small.mesh('plan')).out).toContain('an estimate: the cluster has no Telemetry');
      const refused = await small.mesh('apply', '--yes');
      expect(refused.code).toBe(1);
      expect(refused.error).toContain('no Telemetry of telemetry.istio.io/v1: install the CRDs');
      expect(await small.objects()).toEqual([]);
    } finally {
      await installCrds(cluster);
    }
    expect((await small.mesh('apply', '--yes')).code).toBe(0);
  });

  test('that is saved is carried out although a status was written since', async () => {
    await small.mesh('apply', '--yes');
    small.write({ timeout: 7 });
    expect((await small.mesh('plan', '--out', file)).code).toBe(0);
    await rawRequest('PATCH', `${await small.route()}/status`, { status: { conditions: [] } });
    const applied = await small.mesh('apply', file);
    expect(applied.code, applied.error).toBe(0);
    expect(await small.timeouts()).toEqual(['7s']);
  });

  test.each([
    [
      'has got another label',
      (route: string) => rawRequest('PATCH', route, { metadata: { labels: { a: 'b' } } }),
    ],
    ['is gone', (route: string) => rawRequest('DELETE', route, {})],
  ])('that is saved is stale once an object %s', async (_, change) => {
    await small.mesh('apply', '--yes');
    small.write({ timeout: 7 });
    expect((await small.mesh('plan', '--out', file)).code).toBe(0);
    await change(await small.route());
    const refused = await small.mesh('apply', file);
    expect(refused.code, refused.error).toBe(5);
    expect(refused.error).toMatch(/networking\.istio\.io\/VirtualService\/\S+ is not what it was/);
    expect(await small.timeouts()).not.toContain('7s');
  });

  test('that is saved is stale once an object is another one of its name', async () => {
    await small.mesh('apply', '--yes');
    small.write({ timeout: 7 });
    expect((await small.mesh('plan', '--out', file)).code).toBe(0);
    const kind = await kindOf(cluster, 'networking.istio.io/v1', 'VirtualService');
    const [live] = await small.objects();
    await cluster.remove(kind, live?.metadata ?? { name: '' }, { uid: live?.metadata.uid ?? '' });
    const { resourceVersion: _, uid: __, managedFields: ___, ...metadata } = live?.metadata ?? { name: '' };
    const made = await cluster.create(kind, { ...(live as LiveObject), metadata });
    const refused = await small.mesh('apply', file);
    // It isn't ours either, which is said first.
    expect(refused.code, refused.error).toBe(7);
    expect(refused.error).toMatch(/VirtualService\/\S+ is not what it was/);
    const [after] = await small.objects();
    expect(after?.metadata.resourceVersion).toBe(made?.metadata.resourceVersion);
  });

  test('that is saved is stale once somebody made an object of it', async () => {
    expect((await small.mesh('plan', '--out', file)).code).toBe(0);
    await small.mesh('apply', '--yes');
    const refused = await small.mesh('apply', file);
    expect(refused.code, refused.error).toBe(5);
    expect(refused.error).toMatch(/nothing was applied then/);
  });
});

const telemetries = 'telemetries.telemetry.istio.io';

interface PlanJson {
  readonly targets: {
    readonly cluster: {
      readonly objects: readonly { readonly ref: string; readonly estimate?: string }[];
    };
  };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries += 1) {
    if (tries > 100) throw new Error('it did not come true');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
