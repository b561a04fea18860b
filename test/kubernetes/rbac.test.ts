import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planCluster } from '../../src/core/outputs/kubernetes/plan-cluster.ts';
import { type RbacJob, type RbacRule, rbacRules } from '../../src/core/outputs/kubernetes/rbac-rules.ts';
import type { ObjectArtifact } from '../../src/core/targets/artifact.ts';
import type { LiveObject, ServedKind } from '../../src/ports/cluster.ts';
import { connected, ensureNamespace, kindOf, testKubeconfig } from './harness/connected.ts';

const namespace = 'rbac-test';
const set = 'applyset-rbac-v1';

describe.skipIf(testKubeconfig === undefined)('the least rights', () => {
  const admin = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let kind: ServedKind;

  beforeAll(async () => {
    await ensureNamespace(admin, namespace);
    kind = await kindOf(admin, 'v1', 'Service');
  });
  afterAll(() => admin.close());

  test('of a plan are enough to plan, with estimates where only a dry run could tell', async () => {
    await bind('planner', rulesOf('plan'));
    const planner = connected('planner');
    const { changes } = await planned(planner);
    expect(changes).toEqual([
      {
        op: 'create',
        ref: `core/Service/${namespace}/a`,
        estimate: expect.stringContaining('cannot patch services') as string,
      },
    ]);
    planner.close();
  });

  test('of an apply are enough to write and to delete, and none of their verbs is too many', async () => {
    const applier = connected('applier');
    const rules = rulesOf('apply');
    await bind('applier', rules);
    const work = async (): Promise<string> => {
      await planned(applier);
      const made = await applier.apply(kind, service.manifest, { manager: 'mesh/rbac' });
      if (made.state !== 'applied') return `apply: ${made.state}`;
      const live = await applier.read(kind, { namespace, name: 'a' });
      const next =
        live && (await applier.replace(kind, { ...live, metadata: { ...live.metadata, labels: {} } }));
      const removed = next && (await applier.remove(kind, next.metadata, { uid: next.metadata.uid ?? '' }));
      return removed ?? 'nothing to remove';
    };
    expect(await work()).toBe('removed');
    for (const verb of ['get', 'list', 'create', 'patch', 'update', 'delete']) {
      await bind('applier', without(rules, verb));
      const ended = await work().catch((error: unknown) => (error as Error).message);
      expect([verb, ended]).not.toEqual([verb, 'removed']);
      await clean();
    }
    applier.close();
  });

  function rulesOf(job: RbacJob): readonly RbacRule[] {
    return rbacRules([kind], job).cluster;
  }

  const service: ObjectArtifact = {
    type: 'object',
    kind: 'Service',
    namespace,
    name: 'a',
    origins: [{ file: 'mesh.yaml', line: 1, column: 1 }],
    manifest: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a', namespace },
      spec: { selector: { app: 'a' }, ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 80 }] },
    },
  };

  function planned(cluster: ReturnType<typeof connected>): ReturnType<typeof planCluster> {
    return planCluster(cluster, {
      objects: [service],
      ownership: { manager: 'mesh/rbac', set, members: new Map() },
      written: new Map(),
      adopt: new Set(),
      ask: 'all',
    });
  }

  /** Gives a user these rights and no others; the authorizer follows by a watch. */
  async function bind(user: string, rules: readonly RbacRule[]): Promise<void> {
    const rbac = 'rbac.authorization.k8s.io/v1';
    const role = { apiVersion: rbac, kind: 'ClusterRole', metadata: { name: `test-${user}` }, rules };
    await put('ClusterRole', role as unknown as LiveObject);
    await put('ClusterRoleBinding', {
      apiVersion: rbac,
      kind: 'ClusterRoleBinding',
      metadata: { name: `test-${user}` },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: `test-${user}` },
      subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
    });
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }

  async function put(name: string, object: LiveObject): Promise<void> {
    const served = await kindOf(admin, 'rbac.authorization.k8s.io/v1', name);
    const answer = await admin.apply(served, object, { manager: 'test', force: true });
    if (answer.state !== 'applied') throw new Error(JSON.stringify(answer));
  }

  async function clean(): Promise<void> {
    const live = await admin.read(kind, { namespace, name: 'a' });
    if (live) await admin.remove(kind, live.metadata, { uid: live.metadata.uid ?? '' });
  }
});

function without(rules: readonly RbacRule[], verb: string): readonly RbacRule[] {
  return rules.map((rule) => ({ ...rule, verbs: rule.verbs.filter((one) => one !== verb) }));
}
