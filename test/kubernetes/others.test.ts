import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LiveObject } from '../../src/ports/cluster.ts';
import { connected, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { type FaultProxy, startFaultProxy } from './harness/fault-proxy.ts';
import { rawRequest } from './harness/raw-request.ts';
import { SmallMesh } from './harness/small-mesh.ts';

describe.skipIf(testKubeconfig === undefined)('an apply beside others', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let small: SmallMesh;
  let count = 0;

  beforeAll(() => installCrds(cluster));
  afterAll(() => cluster.close());
  beforeEach(async () => {
    small = await SmallMesh.make(cluster, `others-${(count += 1)}`);
  });
  afterEach(() => small.remove());

  test('sees nothing of another mesh in the same state namespace, and leaves it alone', async () => {
    const other = await SmallMesh.make(cluster, `${small.namespace}-b`);
    other.write({ stateNamespace: small.stateNamespace });
    expect((await small.mesh('apply', '--yes')).code).toBe(0);
    expect((await other.mesh('apply', '--yes')).code).toBe(0);
    const theirs = await other.objects();
    small.write({ services: [] });
    expect((await small.mesh('apply', '--yes', '--allow-prune-percent', '100')).code).toBe(0);
    expect(await other.objects()).toEqual(theirs);
    expect((await other.mesh('plan', '--detailed-exitcode')).code).toBe(0);
    expect((await other.mesh('drift', '--detailed-exitcode')).code).toBe(0);
    other.remove();
  });

  test('is refused objects of another mesh that have the same names', async () => {
    expect((await small.mesh('apply', '--yes')).code).toBe(0);
    const before = await small.objects();
    const other = await SmallMesh.make(cluster, small.namespace);
    other.write({ name: 'second', timeout: 9 });
    const refused = await other.mesh('apply', '--yes');
    expect(refused.code).toBe(7);
    expect(refused.error).toContain('another mesh, target or environment keeps it');
    expect(await small.objects()).toEqual(before);
    other.remove();
  });

  test('that a policy of admission refuses says why, and ends once it may', async () => {
    const policies = await kindOf(cluster, 'admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy');
    const bindings = await kindOf(cluster, policies.apiVersion, 'ValidatingAdmissionPolicyBinding');
    const name = `refuse-${small.namespace}`;
    const metadata = { name };
    const policy = {
      ...{ apiVersion: policies.apiVersion, kind: policies.kind, metadata },
      spec: {
        matchConstraints: {
          resourceRules: [
            {
              apiGroups: ['networking.istio.io'],
              apiVersions: ['*'],
              operations: ['CREATE', 'UPDATE'],
              resources: ['virtualservices'],
            },
          ],
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': small.namespace } },
        },
        validations: [{ expression: 'false', message: 'no routes on Fridays' }],
      },
    } as unknown as LiveObject;
    const binding = {
      ...{ apiVersion: policies.apiVersion, kind: bindings.kind, metadata },
      spec: { policyName: name, validationActions: ['Deny'] },
    } as unknown as LiveObject;
    await cluster.apply(policies, policy, { manager: 'test' });
    await cluster.apply(bindings, binding, { manager: 'test' });
    let refused = await small.mesh('plan');
    for (let tries = 0; refused.code === 0 && tries < 100; tries += 1) {
      await sleep(100);
      refused = await small.mesh('plan');
    }
    expect(refused.code).toBe(1);
    expect(refused.out).toMatch(/VirtualService\/\S+ is refused by the cluster: .*no routes on Fridays/);
    const applied = await small.mesh('apply', '--yes');
    expect(applied.code).toBe(8);
    expect(applied.error).toContain('no routes on Fridays');
    for (const kind of [bindings, policies]) {
      const live = await cluster.read(kind, { name });
      await cluster.remove(kind, { name }, { uid: live?.metadata.uid ?? '' });
    }
    let resumed = await small.mesh('apply', '--resume', '--yes');
    for (let tries = 0; resumed.code !== 0 && tries < 50; tries += 1) {
      await sleep(100);
      resumed = await small.mesh('apply', '--resume', '--yes');
    }
    expect(resumed.code, resumed.error).toBe(0);
    expect((await small.mesh('plan', '--detailed-exitcode')).code).toBe(0);
  });

  test('into a namespace that is going says so', async () => {
    const kind = await kindOf(cluster, 'v1', 'Namespace');
    const live = await cluster.read(kind, { name: small.namespace });
    // No controller of namespaces runs here, so that it stays in this state.
    await cluster.remove(kind, { name: small.namespace }, { uid: live?.metadata.uid ?? '' });
    const refused = await small.mesh('apply', '--yes');
    expect(refused.code).toBe(8);
    expect(refused.error).toMatch(/because it is being terminated/);
  });

  describe('in the middle', () => {
    let proxy: FaultProxy;
    beforeEach(async () => {
      expect((await small.mesh('apply', '--yes')).code).toBe(0);
      small.write({ timeout: 7, services: ['web', 'more'] });
      proxy = await startFaultProxy();
    });
    afterEach(() => proxy.stop());

    test('is not written over who takes a route over', async () => {
      const route = await small.route();
      meanwhile(() => rawRequest('PATCH', route, { spec: { hosts: ['taken.example'] } }));
      const stopped = await small.run(['apply', '--yes'], { kubeconfig: proxy.kubeconfig(small.root) });
      expect(stopped.code, stopped.error).toBe(8);
      expect(stopped.error).toMatch(/VirtualService\/\S+\/web: (it was changed|\.spec)/);
      expect(JSON.stringify(await small.objects())).toContain('taken.example');
    });

    test('does not make again what somebody deletes', async () => {
      const route = await small.route();
      meanwhile(() => rawRequest('DELETE', route, {}));
      const stopped = await small.run(['apply', '--yes'], { kubeconfig: proxy.kubeconfig(small.root) });
      expect(stopped.code, stopped.error).toBe(8);
      expect(stopped.error).toContain('it was deleted');
      const again = await small.mesh('apply', '--yes');
      expect(again.code, again.error).toBe(0);
      expect(await small.objects()).toHaveLength(2);
    });

    /** Does something right before the route is written. */
    function meanwhile(work: () => Promise<void>): void {
      let isDone = false;
      proxy.beforeEach = async ({ method, path }) => {
        if (isDone || method !== 'PATCH' || path.includes('dryRun') || !path.includes('virtualservices/web'))
          return;
        isDone = true;
        await work();
      };
    }
  });

  test('that was rolled back is held against whoever applies Git again and again', async () => {
    expect((await small.mesh('apply', '--yes')).code).toBe(0);
    small.write({ timeout: 7 });
    expect((await small.mesh('apply', '--yes')).code).toBe(0);
    expect((await small.mesh('rollback', '--yes')).code).toBe(0);
    for (let i = 0; i < 4; i += 1) {
      expect((await small.mesh('apply', '--yes')).code).toBe(4);
      expect(await small.timeouts()).toEqual(['5s']);
      await sleep(300);
    }
    const { error } = await small.mesh('apply', '--yes');
    const [, id = ''] = /--release-hold (\S+)/.exec(error) ?? [];
    expect((await small.mesh('apply', '--yes', '--release-hold', id)).code).toBe(0);
    expect(await small.timeouts()).toEqual(['7s']);
  });
});
