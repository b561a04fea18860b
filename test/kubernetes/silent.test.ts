import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connected, installCrds, testKubeconfig } from './harness/connected.ts';
import { type FaultProxy, startFaultProxy } from './harness/fault-proxy.ts';
import { SmallMesh } from './harness/small-mesh.ts';

/** Milliseconds of silence that `mesh` accepts. */
const limit = 30_000;

describe.skipIf(testKubeconfig === undefined)('an API server that falls silent', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let [mesh, proxy] = [undefined, undefined] as unknown as [SmallMesh, FaultProxy];

  beforeAll(async () => {
    await installCrds(cluster);
    mesh = await SmallMesh.make(cluster, 'silent');
    proxy = await startFaultProxy();
  });
  afterAll(async () => {
    mesh.remove();
    await proxy.stop();
    cluster.close();
  });

  test('stops an apply, its heartbeat and the return of its lock after 30 s together', async () => {
    let [writes, silentSince] = [0, 0];
    proxy.beforeEach = ({ method }) => {
      writes += method === 'PATCH' ? 1 : 0;
      if (writes < 3) return Promise.resolve();
      silentSince ||= performance.now();
      return new Promise(() => undefined);
    };
    const stopped = await mesh.run(['apply', '--yes'], { kubeconfig: proxy.kubeconfig(mesh.root) });
    const gone = performance.now() - silentSince;
    expect(stopped.code, stopped.error).toBe(8);
    expect(stopped.error).toContain('gave no answer in 30 s');
    expect(gone).toBeGreaterThan(limit - 1_000);
    expect(gone).toBeLessThan(1.5 * limit);
  });
});
