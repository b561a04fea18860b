import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connected, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { startFaultProxy } from './harness/fault-proxy.ts';
import { rawRequest } from './harness/raw-request.ts';
import { SmallMesh } from './harness/small-mesh.ts';

describe.skipIf(testKubeconfig === undefined)('a tool that notes something at our records', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;

  beforeAll(() => installCrds(cluster));
  afterAll(() => cluster.close());

  test.each([
    { kind: 'Secret', resource: 'secrets', apiVersion: 'v1', path: '/api/v1' },
    { kind: 'ConfigMap', resource: 'configmaps', apiVersion: 'v1', path: '/api/v1' },
    {
      ...{ kind: 'Lease', resource: 'leases' },
      ...{ apiVersion: 'coordination.k8s.io/v1', path: '/apis/coordination.k8s.io/v1' },
    },
  ])('in the middle of a run is no other run: $kind', async ({ kind, resource, apiVersion, path }) => {
    const mesh = await SmallMesh.make(cluster, `noted-${resource}`);
    const proxy = await startFaultProxy();
    try {
      expect((await mesh.mesh('apply', '--yes')).code).toBe(0);
      mesh.write({ timeout: 9 });
      const served = await kindOf(cluster, apiVersion, kind);
      let noted = 0;
      proxy.beforeEach = async (seen) => {
        // The only write of an object of the mesh.
        if (noted > 0 || seen.method !== 'PATCH' || seen.path.includes('dryRun')) return;
        const { objects } = await cluster.list(served, { namespace: mesh.stateNamespace });
        for (const { metadata } of objects) {
          const at = `${path}/namespaces/${mesh.stateNamespace}/${resource}/${metadata.name}`;
          await rawRequest('PATCH', at, { metadata: { annotations: { 'backup.example/seen': 'yes' } } });
          noted += 1;
        }
      };
      const ran = await mesh.run(['apply', '--yes'], { kubeconfig: proxy.kubeconfig(mesh.root) });
      expect(ran.code, ran.error).toBe(0);
      expect(noted).toBeGreaterThan(0);
      // The lock was given back, and the records are whole.
      const next = await mesh.mesh('apply', '--yes');
      expect(next.code, next.error).toBe(0);
      expect((await mesh.mesh('plan', '--detailed-exitcode')).code).toBe(0);
      expect((await mesh.mesh('rollback', '--yes')).code).toBe(0);
    } finally {
      await proxy.stop();
      mesh.remove();
    }
  });
});
