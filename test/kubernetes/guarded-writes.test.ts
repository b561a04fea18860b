import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LockLost } from '../../src/core/lock/lease.ts';
import { connected, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { type FaultProxy, startFaultProxy } from './harness/fault-proxy.ts';
import { startSlowWebhook } from './harness/slow-webhook.ts';
import { SmallMesh } from './harness/small-mesh.ts';

const second = 1000;

describe.skipIf(testKubeconfig === undefined)('a write under a lock', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let [mesh, proxy] = [undefined, undefined] as unknown as [SmallMesh, FaultProxy];
  let count = 0;

  beforeAll(() => installCrds(cluster));
  afterAll(() => cluster.close());
  beforeEach(async () => {
    mesh = await SmallMesh.make(cluster, `guarded-${(count += 1)}`);
    proxy = await startFaultProxy();
  });
  afterEach(async () => {
    mesh.remove();
    await proxy.stop();
  });

  const isWrite = ({ method, path }: { readonly method: string; readonly path: string }): boolean =>
    method === 'PATCH' && !path.includes('dryRun');
  const ofLease = ({ path }: { readonly path: string }): boolean => path.includes('/leases');

  test('asks for leave before each attempt, and a dry run does not', async () => {
    const routes = await kindOf(cluster, 'networking.istio.io/v1', 'VirtualService');
    const { namespace } = mesh;
    const route = { apiVersion: routes.apiVersion, kind: routes.kind, metadata: { name: 'one', namespace } };
    const through = connected('admin', proxy.kubeconfig(mesh.root));
    let asked = 0;
    const guarded = through.guarded(() => {
      asked += 1;
      return Promise.resolve(5 * second);
    });
    await guarded.apply(routes, { ...route, spec: {} }, { manager: 'mesh/test', dryRun: true });
    expect(asked).toBe(0);
    let left = 2;
    proxy.faultOf = (seen) => (isWrite(seen) && left-- > 0 ? { status: 503 } : undefined);
    const written = await guarded.apply(routes, { ...route, spec: {} }, { manager: 'mesh/test' });
    expect(written).toMatchObject({ state: 'applied', created: true });
    expect(asked).toBe(3);
    expect(proxy.seen.filter(isWrite).every(({ path }) => path.includes('timeout=5000ms'))).toBe(true);
    through.close();
  });

  test('is given up by the server, too: a slow one never writes after the time is over', async () => {
    const routes = await kindOf(cluster, 'networking.istio.io/v1', 'VirtualService');
    const { namespace } = mesh;
    const webhook = await startSlowWebhook(cluster, namespace, 3 * second);
    const route = { apiVersion: routes.apiVersion, kind: routes.kind, metadata: { name: 'late', namespace } };
    let asked = 0;
    const guarded = cluster.guarded(() => {
      asked += 1;
      return asked === 1 ? Promise.resolve(second) : Promise.reject(new LockLost('it was lost'));
    });
    const started = performance.now();
    await expect(
      guarded.apply(routes, { ...route, spec: {} }, { manager: 'mesh/test' }),
    ).rejects.toBeInstanceOf(LockLost);
    expect(performance.now() - started).toBeLessThan(2.5 * second);
    expect(webhook.asked).toEqual(['late']);
    await sleep(4 * second - (performance.now() - started));
    expect(await cluster.read(routes, route.metadata)).toBeUndefined();
    await webhook.stop();
  });

  test('ends with a lock that can not be renewed, and a resume writes the rest', async () => {
    const webhook = await startSlowWebhook(cluster, mesh.namespace, 4 * second);
    // From the first write on, nothing is heard of the Lease.
    proxy.faultOf = (seen) => (ofLease(seen) && proxy.seen.some(isWrite) ? { drop: true } : undefined);
    const started = performance.now();
    const stopped = await mesh.run(['apply', '--yes', '--lock-ttl', '2s'], {
      kubeconfig: proxy.kubeconfig(mesh.root),
    });
    expect(stopped.code, stopped.error).not.toBe(0);
    expect(webhook.asked.length).toBeGreaterThan(0);
    await sleep(Math.max(0, 6 * second - (performance.now() - started)));
    expect(await mesh.objects()).toEqual([]);
    await webhook.stop();
    const resumed = await mesh.mesh('apply', '--resume', '--yes');
    expect(resumed.code, resumed.error).toBe(0);
    expect(await mesh.timeouts()).toEqual(['5s']);
  });

  test('is tried again, and the lock is renewed, if all connections hang', async () => {
    mesh.write({ services: Array.from({ length: 12 }, (_, i) => `s${i}`) });
    let hanging = 8;
    proxy.beforeEach = (seen) =>
      isWrite(seen) && hanging-- > 0 ? new Promise(() => undefined) : Promise.resolve();
    const applied = await mesh.run(['apply', '--yes', '--lock-ttl', '6s'], {
      kubeconfig: proxy.kubeconfig(mesh.root),
    });
    expect(applied.code, applied.error).toBe(0);
    const first = proxy.seen.findIndex(isWrite);
    const last = proxy.seen.findLastIndex(isWrite);
    const renewals = proxy.seen.slice(first, last).filter((seen) => seen.method === 'PUT' && ofLease(seen));
    expect(renewals.length).toBeGreaterThan(0);
    expect(await mesh.objects()).toHaveLength(12);
  });
});
