import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

  test('the same zone is preferred; the other zone takes over only while it fails', async () => {
    const zoned = { from: 'shop/web', to: 'shop/zoned', path: '/' };
    expect(instances(await askOften(mesh, zoned, 20))).toEqual({ 'shop-zoned-default-0': 20 });
    await askOften(mesh, zoned, 3, failing('shop-zoned-default-0'));
    expect(instances(await askOften(mesh, zoned, 20))).toEqual({ 'shop-zoned-default-1': 20 });
    await sleep(4500);
    expect(instances(await askOften(mesh, zoned, 20))).toEqual({ 'shop-zoned-default-0': 20 });
  });

  test('failover goes to the named cluster, not to a near one', async () => {
    const failover = { from: 'shop/web', to: 'shop/failing', path: '/' };
    expect(instances(await askOften(mesh, failover, 20))).toEqual({ 'shop-failing-default-0': 20 });
    await askOften(mesh, failover, 3, failing('shop-failing-default-0'));
    expect(instances(await askOften(mesh, failover, 20))).toEqual({ 'shop-failing-default-1': 20 });
  });
});
