import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { askOften, instances } from './harness/asking.ts';
import { caseOf } from './harness/case-of.ts';
import { RunningMesh } from './harness/running-mesh.ts';

const envoy = process.env['ENVOY'];

describe.skipIf(envoy === undefined)('locality on a real Envoy', () => {
  let mesh: RunningMesh;
  beforeAll(async () => {
    mesh = await RunningMesh.start(caseOf('nearby'), envoy ?? '');
  });
  afterAll(async () => {
    await (mesh as RunningMesh | undefined)?.stop();
  });

  const failing = (instance: string): { extra: readonly (readonly [string, string])[] } => ({
    extra: [
      ['x-echo-status', '500'],
      ['x-echo-only', instance],
    ],
  });

  /** Waits until all calls go to one instance: Envoy puts changes of health together, for up to a second. */
  async function goTo(instance: string, data: Record<string, unknown>, timeout = 2500): Promise<void> {
    await vi.waitFor(
      async () => expect(instances(await askOften(mesh, data, 20))).toEqual({ [instance]: 20 }),
      { timeout, interval: 100 },
    );
  }

  test('the same zone is preferred; the other zone takes over only while it fails', async () => {
    const zoned = { from: 'shop/web', to: 'shop/zoned', path: '/' };
    expect(instances(await askOften(mesh, zoned, 20))).toEqual({ 'shop-zoned-default-0': 20 });
    await askOften(mesh, zoned, 3, failing('shop-zoned-default-0'));
    await goTo('shop-zoned-default-1', zoned);
    // It is ejected for three seconds.
    await goTo('shop-zoned-default-0', zoned, 15_000);
  });

  test('failover goes to the named cluster, not to a near one', async () => {
    const failover = { from: 'shop/web', to: 'shop/failing', path: '/' };
    expect(instances(await askOften(mesh, failover, 20))).toEqual({ 'shop-failing-default-0': 20 });
    await askOften(mesh, failover, 3, failing('shop-failing-default-0'));
    await goTo('shop-failing-default-1', failover);
  });
});
