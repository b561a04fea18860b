import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/system-clock.ts';
import type { Json } from '../../src/core/lib/json.ts';
import { memberLabel } from '../../src/core/outputs/kubernetes/apply-set.ts';
import { awaitHealth } from '../../src/core/outputs/kubernetes/await-health.ts';
import { driftOf } from '../../src/core/outputs/kubernetes/object-drift.ts';
import type { ObjectArtifact } from '../../src/core/targets/artifact.ts';
import istio from '../../src/core/targets/istio/index.ts';
import type { LiveObject } from '../../src/ports/cluster.ts';
import { connected, ensureNamespace, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { objectDelivery, problemsOf } from './harness/object-delivery.ts';
import { rawRequest } from './harness/raw-request.ts';

describe.skipIf(testKubeconfig === undefined)('objects in a cluster', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  const delivery = (inventory: string) => objectDelivery(cluster, inventory, istio);

  beforeAll(() => installCrds(cluster));
  afterAll(() => cluster.close());

  test('of a first plan are confirmed by the server, and nothing of it is written', async () => {
    await ensureNamespace(cluster, 'planned');
    const mesh = delivery('planned');
    const objects = [service('planned', 'a', 80)];
    expect((await mesh.plan(objects, 'all')).changes).toEqual([
      { op: 'create', ref: 'core/Service/planned/a' },
    ]);
    expect((await mesh.plan(objects, 'all')).observed.live.size).toBe(0);
  });

  test('of kinds without a CRD and of namespaces that are not there are estimates', async () => {
    const mesh = delivery('estimates');
    const kind = object('nothing.example.com/v1', 'Thing', 'planned', 'a', { spec: {} });
    const { changes } = await mesh.plan([kind, service('absent', 'a', 80)], 'all');
    expect(changes).toEqual([
      {
        op: 'create',
        ref: 'core/Service/absent/a',
        estimate: expect.stringContaining('"absent" not found') as string,
      },
      {
        op: 'create',
        ref: 'nothing.example.com/Thing/planned/a',
        estimate: 'the cluster has no Thing of nothing.example.com/v1 yet',
      },
    ]);
  });

  test('that people changed are written again, and drift says who changed which field', async () => {
    await ensureNamespace(cluster, 'drifting');
    const mesh = delivery('drifting');
    const objects = [service('drifting', 'a', 80)];
    await mesh.apply(objects);
    await rawRequest('PATCH', '/api/v1/namespaces/drifting/services/a', {
      spec: { selector: { app: 'other' } },
    });
    const plan = await mesh.plan(objects, 'all');
    // The server lets an applier not take back what an update took: that is a conflict, with its manager.
    const [change] = plan.changes;
    expect(change).toMatchObject({ op: 'conflict', conflicts: [{ field: '.spec.selector' }] });
    const drift = driftOf(
      change as NonNullable<typeof change>,
      plan.observed.live.get('core/Service/drifting/a') as LiveObject,
      mesh.manager,
    );
    expect(drift).toMatchObject([
      {
        path: 'spec.selector.app',
        before: 'other',
        after: 'a',
        manager: 'kubectl-edit',
        time: expect.any(String) as string,
      },
    ]);
    const refused = await mesh.apply(objects);
    expect(refused.results.size).toBe(0);
    const wrong = await mesh.apply(objects, {
      take: new Map([['core/Service/drifting/a', new Set(['.spec.ports'])]]),
    });
    expect([...wrong.results.values()]).toMatchObject([{ state: 'conflict' }]);
    const taken = await mesh.apply(objects, {
      take: new Map([['core/Service/drifting/a', new Set(['.spec.selector'])]]),
    });
    expect(problemsOf(taken.results)).toEqual([]);
    expect((await mesh.plan(objects, 'all')).changes).toEqual([]);
  });

  test('that others made are in conflict until they are adopted, and are let go with their values', async () => {
    await ensureNamespace(cluster, 'adopting');
    const kind = await kindOf(cluster, 'v1', 'Service');
    const objects = [service('adopting', 'a', 80)];
    const [made] = objects;
    await cluster.create(kind, made?.manifest as unknown as LiveObject);
    const mesh = delivery('adopting');
    const ref = 'core/Service/adopting/a';
    expect((await mesh.plan(objects, 'all')).changes).toMatchObject([{ op: 'conflict', ref }]);
    const adopted = await mesh.apply(objects, { adopt: new Set([ref]) });
    expect(problemsOf(adopted.results)).toEqual([]);
    expect((await mesh.plan(objects, 'all')).changes).toEqual([]);
    const { results } = await mesh.apply([]);
    expect(results.get(ref)).toMatchObject({ state: 'written' });
    const live = await cluster.read(kind, { namespace: 'adopting', name: 'a' });
    expect(live?.['spec']).toMatchObject({ selector: { app: 'a' }, ports: [{ port: 80 }] });
    expect(live?.metadata.labels?.[memberLabel]).toBeUndefined();
    expect(live?.metadata.managedFields?.filter(({ manager }) => manager === mesh.manager)).toEqual([]);
  });

  test('of two meshes in one cluster do not see each other', async () => {
    await ensureNamespace(cluster, 'shared');
    const [one, other] = [delivery('one'), delivery('other')];
    await one.apply([service('shared', 'a', 80)]);
    await other.apply([service('shared', 'b', 80)]);
    await one.apply([]);
    expect((await other.plan([service('shared', 'b', 80)], 'all')).changes).toEqual([]);
    expect(
      (await other.plan([service('shared', 'b', 80), service('shared', 'a', 80)], 'all')).changes,
    ).toEqual([{ op: 'create', ref: 'core/Service/shared/a' }]);
  });

  test('that were made anew under the same name and label are never deleted', async () => {
    await ensureNamespace(cluster, 'remade');
    const mesh = delivery('remade');
    const objects = [service('remade', 'a', 80)];
    await mesh.apply(objects);
    const kind = await kindOf(cluster, 'v1', 'Service');
    const live = (await cluster.read(kind, { namespace: 'remade', name: 'a' })) as LiveObject;
    await cluster.remove(kind, live.metadata, { uid: live.metadata.uid ?? '' });
    const { uid: _, resourceVersion: __, managedFields: ___, ...metadata } = live.metadata;
    const { clusterIP: ____, clusterIPs: _____, ...spec } = live['spec'] as Readonly<Record<string, Json>>;
    await cluster.create(kind, { apiVersion: 'v1', kind: 'Service', metadata, spec });
    const plan = await mesh.plan([], 'all');
    expect(plan.changes).toEqual([]);
    expect(plan.left.map(({ ref }) => ref)).toEqual(['core/Service/remade/a']);
  });

  test('are healthy when their controllers say so, and unknown when nobody does', async () => {
    await ensureNamespace(cluster, 'health');
    const mesh = delivery('health');
    const gateway = object('gateway.networking.k8s.io/v1', 'Gateway', 'health', 'a', {
      spec: { gatewayClassName: 'x', listeners: [{ name: 'http', port: 80, protocol: 'HTTP' }] },
    });
    const { results } = await mesh.apply([gateway]);
    expect(problemsOf(results)).toEqual([]);
    const kind = await kindOf(cluster, 'gateway.networking.k8s.io/v1', 'Gateway');
    const ref = 'gateway.networking.k8s.io/Gateway/health/a';
    const wait = (): ReturnType<typeof awaitHealth> =>
      awaitHealth(
        cluster,
        mesh.set,
        new Map([[kind, new Set([ref])]]),
        { timeout: 3000, grace: 100, interval: 50 },
        { clock: systemClock, signal: new AbortController().signal },
      );
    expect((await wait()).get(ref)?.state).toBe('unknown');
    const status = (accepted: string): Json => ({
      conditions: ['Accepted', 'Programmed'].map((type) => ({
        type,
        status: accepted,
        reason: accepted === 'True' ? type : 'Invalid',
        message: '',
        lastTransitionTime: '2026-01-01T00:00:00Z',
      })),
    });
    const path = '/apis/gateway.networking.k8s.io/v1/namespaces/health/gateways/a/status';
    const writeStatus = (value: Json): Promise<void> => rawRequest('PATCH', path, { status: value });
    await writeStatus(status('False'));
    expect((await wait()).get(ref)).toMatchObject({
      state: 'failed',
      why: expect.stringContaining('Accepted is False (Invalid') as string,
    });
    await writeStatus(status('True'));
    expect((await wait()).get(ref)?.state).toBe('current');
    expect((await mesh.plan([gateway], 'all')).changes).toEqual([]);
  });
});

function service(namespace: string, name: string, port: number): ObjectArtifact {
  return object('v1', 'Service', namespace, name, {
    spec: { selector: { app: name }, ports: [{ name: 'http', port, protocol: 'TCP', targetPort: port }] },
  });
}

function object(
  apiVersion: string,
  kind: string,
  namespace: string,
  name: string,
  rest: Readonly<Record<string, Json>>,
): ObjectArtifact {
  const manifest = { apiVersion, kind, metadata: { name, namespace }, ...rest };
  return {
    type: 'object',
    kind,
    namespace,
    name,
    origins: [{ file: 'mesh.yaml', line: 1, column: 1 }],
    manifest,
  };
}
