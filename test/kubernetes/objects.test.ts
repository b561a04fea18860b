import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/system-clock.ts';
import type { Json } from '../../src/core/lib/json.ts';
import { jsonRecord } from '../../src/core/lib/json-record.ts';
import { memberLabel } from '../../src/core/outputs/kubernetes/apply-set.ts';
import { awaitHealth } from '../../src/core/outputs/kubernetes/await-health.ts';
import { finalInventory, type Inventory, memberOf } from '../../src/core/outputs/kubernetes/inventory.ts';
import { driftOf } from '../../src/core/outputs/kubernetes/object-drift.ts';
import {
  type ClusterPlan,
  type ClusterRequest,
  planCluster,
} from '../../src/core/outputs/kubernetes/plan-cluster.ts';
import { wavesOf } from '../../src/core/outputs/kubernetes/waves.ts';
import type { ObjectResult } from '../../src/core/outputs/kubernetes/write-object.ts';
import { writeWave } from '../../src/core/outputs/kubernetes/write-wave.ts';
import { writtenByRef } from '../../src/core/revision/object-ref.ts';
import type { ObjectArtifact } from '../../src/core/targets/artifact.ts';
import gatewayApi from '../../src/core/targets/gateway-api/index.ts';
import istio from '../../src/core/targets/istio/index.ts';
import linkerd from '../../src/core/targets/linkerd/index.ts';
import type { Target } from '../../src/core/targets/target.ts';
import type { Cluster, LiveObject } from '../../src/ports/cluster.ts';
import { meshCases } from '../cases/cases.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';
import { connected, ensureNamespace, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { rawRequest } from './harness/raw-request.ts';

describe.skipIf(testKubeconfig === undefined)('objects in a cluster', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;

  beforeAll(() => installCrds(cluster));
  afterAll(() => cluster.close());

  describe.concurrent.each([
    { of: 'Istio', name: 'sidecar', target: istio, options: { mode: 'sidecar' } },
    { of: 'Istio', name: 'ambient', target: istio, options: { mode: 'ambient' } },
    { of: 'Gateway API', name: 'standard', target: gatewayApi, options: {} },
    { of: 'Gateway API', name: 'on-istio', target: gatewayApi, options: { implementation: 'istio' } },
    { of: 'Linkerd', name: 'linkerd', target: linkerd, options: {} },
  ])('of $of ($name)', ({ name: mode, target, options }) => {
    test.each(meshCases())(
      'of $name are taken with strict validation, read back as they were written, written once, changed alone, and removed',
      async ({ directory, environment, name }) => {
        // Cases have names in common, and run side by side.
        const objects = lowered(target, options, directory, environment).map((one) =>
          movedTo(`${mode}-${name}-${one.namespace}`.toLowerCase(), one),
        );
        for (const namespace of new Set(objects.map((one) => one.namespace)))
          await ensureNamespace(cluster, namespace);
        const mesh = deliveryOf(cluster, `${name}.${mode}`, target);
        const first = await mesh.apply(objects);
        expect(problemsOf(first.results)).toEqual([]);
        expect(first.results.size).toBe(objects.length);

        const after = await mesh.plan(objects, 'all');
        expect(after.changes).toEqual([]);
        for (const { ref, manifest } of after.wanted)
          expect([ref, specOf(after.observed.live.get(ref))]).toEqual([ref, specOf(manifest)]);
        const versions = versionsOf(after);
        const { results } = await mesh.apply(objects);
        expect(results.size).toBe(0);

        const [changed, ...others] = objects;
        if (changed !== undefined) {
          await mesh.apply([noted(changed), ...others]);
          const now = versionsOf(await mesh.plan([noted(changed), ...others], 'all'));
          // The apply before wrote nothing, and this one the object that differs.
          expect(now.filter((version) => !versions.includes(version))).toHaveLength(1);
        }

        const removed = await mesh.apply([]);
        expect(removed.results.size).toBe(objects.length);
        expect((await mesh.plan([], 'all')).observed.live.size).toBe(0);
      },
    );
  });

  test('of a first plan are confirmed by the server, and nothing of it is written', async () => {
    await ensureNamespace(cluster, 'planned');
    const mesh = deliveryOf(cluster, 'planned');
    const objects = [service('planned', 'a', 80)];
    expect((await mesh.plan(objects, 'all')).changes).toEqual([
      { op: 'create', ref: 'core/Service/planned/a' },
    ]);
    expect((await mesh.plan(objects, 'all')).observed.live.size).toBe(0);
  });

  test('of kinds without a CRD and of namespaces that are not there are estimates', async () => {
    const mesh = deliveryOf(cluster, 'estimates');
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
    const mesh = deliveryOf(cluster, 'drifting');
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
    const mesh = deliveryOf(cluster, 'adopting');
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
    const [one, other] = [deliveryOf(cluster, 'one'), deliveryOf(cluster, 'other')];
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
    const mesh = deliveryOf(cluster, 'remade');
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
    const mesh = deliveryOf(cluster, 'health');
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

/** An inventory of the tests with what the last apply left. */
function deliveryOf(cluster: Cluster, inventory: string, target: Target = istio) {
  let members: Inventory = new Map();
  let before: ReadonlyMap<string, ObjectArtifact> = new Map();
  let written: ReadonlyMap<string, Json> = new Map();
  const set = `applyset-${inventory.replaceAll('/', '-')}-v1`;
  const manager = `mesh/${inventory}`;
  const plan = (
    objects: readonly ObjectArtifact[],
    ask: ClusterRequest['ask'],
    adopt: ReadonlySet<string> = new Set(),
  ): Promise<ClusterPlan> =>
    planCluster(cluster, {
      objects,
      ownership: { manager, set, members },
      owns: target.owns,
      written,
      adopt,
      ask,
    });
  return {
    set,
    manager,
    plan,
    apply: async (
      objects: readonly ObjectArtifact[],
      options: { adopt?: ReadonlySet<string>; take?: ReadonlyMap<string, ReadonlySet<string>> } = {},
    ): Promise<{ plan: ClusterPlan; results: ReadonlyMap<string, ObjectResult> }> => {
      const made = await plan(objects, 'changes', options.adopt);
      const after = writtenByRef(objects) as ReadonlyMap<string, ObjectArtifact>;
      const { order } = target;
      const waves = wavesOf(made, {
        before,
        after,
        ...(order && { order }),
        take: options.take ?? new Map(),
      });
      const results = new Map<string, ObjectResult>();
      const settings = { manager };
      for (const { writes } of waves)
        for (const [ref, result] of await writeWave(cluster, made.observed, writes, settings))
          results.set(ref, result);
      const live = new Map(made.observed.live);
      for (const [ref, result] of results) if (result.state === 'written') live.set(ref, result.live);
      const all = [...after].map(([ref, one]) => members.get(ref) ?? memberOf(ref, one));
      members = finalInventory(all, live, options.adopt ?? new Set());
      before = after;
      written = new Map(made.wanted.map(({ ref, manifest }) => [ref, manifest]));
      return { plan: made, results };
    },
  };
}

function lowered(
  target: Target,
  options: Readonly<Record<string, Json>>,
  directory: string,
  environment: string | undefined,
): readonly ObjectArtifact[] {
  const ir = linkedMesh(directory, environment);
  const version = target.versions.at(-1) ?? '';
  return target.lower(ir, { version, options }).filter((one): one is ObjectArtifact => one.type === 'object');
}

/** Returns an object in another namespace. */
function movedTo(namespace: string, one: ObjectArtifact): ObjectArtifact {
  const { metadata, ...rest } = jsonRecord(one.manifest);
  return { ...one, namespace, manifest: { ...rest, metadata: { ...jsonRecord(metadata), namespace } } };
}

/** Returns an object with one field more. */
function noted(one: ObjectArtifact): ObjectArtifact {
  const { metadata, ...rest } = jsonRecord(one.manifest);
  const { annotations } = jsonRecord(metadata);
  const more = { ...jsonRecord(annotations), 'shop.example/note': 'changed' };
  return { ...one, manifest: { ...rest, metadata: { ...jsonRecord(metadata), annotations: more } } };
}

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

/** Returns the spec of an object, without the addresses that the server gives to each Service. */
function specOf(value: unknown): unknown {
  const { kind, spec } = (value ?? {}) as Readonly<Record<string, Json>>;
  if (kind !== 'Service') return spec;
  const given = ['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'];
  return Object.fromEntries(Object.entries(jsonRecord(spec)).filter(([field]) => !given.includes(field)));
}

function versionsOf({ observed }: ClusterPlan): readonly string[] {
  return [...observed.live].map(([ref, { metadata }]) => `${ref} ${metadata.resourceVersion ?? ''}`).sort();
}

function problemsOf(results: ReadonlyMap<string, ObjectResult>): unknown {
  return [...results].filter(([, { state }]) => state !== 'written' && state !== 'removed');
}
