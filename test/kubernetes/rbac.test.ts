import { loadAll } from 'js-yaml';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { LiveObject } from '../../src/ports/cluster.ts';
import { connected, ensureNamespace, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { type FaultProxy, startFaultProxy } from './harness/fault-proxy.ts';
import { bindRoles, type PrintedRole as Role, without } from './harness/rights.ts';
import type { Ran } from './harness/run-mesh.ts';
import { SmallMesh } from './harness/small-mesh.ts';

describe.skipIf(testKubeconfig === undefined)('the least rights', () => {
  const admin = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let small: SmallMesh;
  let count = 0;

  beforeAll(() => installCrds(admin));
  afterAll(() => admin.close());
  beforeEach(async () => {
    small = await SmallMesh.make(admin, `rights-${(count += 1)}`);
    await ensureNamespace(admin, small.stateNamespace);
  });
  afterEach(() => small.remove());

  test('of a plan are enough for plan, status, history and drift, with estimates of what a dry run would tell', async () => {
    await small.mesh('apply', '--yes');
    const rules = await roles('plan');
    await bind('planner', rules);
    small.write({ context: 'planner', timeout: 7, services: ['web', 'more'] });
    const planned = await small.mesh('plan', '--format', 'json');
    expect(planned.code, planned.error).toBe(0);
    expect(planned.out).toMatch(/"estimate": "cannot patch virtualservices/);
    for (const command of ['status', 'history', 'drift']) expect((await small.mesh(command)).code).toBe(0);
    expect((await small.mesh('apply', '--yes')).code).toBe(15);
    for (const verb of ['get', 'list']) {
      await bind('planner', without(rules, 'ClusterRole', verb));
      const less = await small.mesh('plan');
      expect([verb, less.code]).toEqual([verb, 15]);
      expect(less.error).toMatch(new RegExp(`cannot ${verb} resource`));
    }
  });

  test('of an apply are enough for a first apply, changes, a prune, a release and a rollback', async () => {
    await bind('applier', await roles('apply'));
    expect(await wholeWork(small)).toBe('done');
  });

  test('of an apply have no verb too many: without one of them the work fails and names it', async () => {
    const all = await roles('apply');
    const less = all.flatMap(({ kind, rules = [] }) =>
      rules.flatMap(({ resources, verbs }) =>
        verbs.map((verb) => ({ kind, resource: resources[0] ?? '', verb })),
      ),
    );
    // All groups of objects have the same verbs.
    const asked = less
      .filter(({ kind }) => kind === 'Role')
      .concat(
        [...new Set(less.filter(({ kind }) => kind === 'ClusterRole').map(({ verb }) => verb))].map(
          (verb) => ({
            ...{ kind: 'ClusterRole', resource: '', verb },
          }),
        ),
      );
    expect(asked).toHaveLength(17);
    for (const [i, { kind, resource, verb }] of asked.entries()) {
      const own = await SmallMesh.make(admin, `rights-less-${i}`);
      await ensureNamespace(admin, own.stateNamespace);
      await bind('applier', without(await roles('apply', own), kind, verb, resource), own);
      const ended = await wholeWork(own);
      own.remove();
      if (ended === 'done') throw new Error(`${kind} ${verb} ${resource} is not needed`);
      expect([kind, verb, resource, ended.code], ended.error).toEqual([kind, verb, resource, 15]);
      expect(ended.error).toMatch(new RegExp(`\\b${verb} (resource )?"?${resource}`));
    }
  });

  test('that get lost in the middle of an apply stop it, and a resume ends it once they are back', async () => {
    const all = await roles('apply');
    await bind('applier', all);
    small.write({ context: 'applier', services: ['a', 'b', 'c'] });
    const proxy: FaultProxy = await startFaultProxy();
    let patches = 0;
    proxy.beforeEach = async ({ method, path }) => {
      if (method !== 'PATCH' || path.includes('dryRun') || (patches += 1) !== 4) return;
      await bind('applier', without(all, 'ClusterRole', 'patch'));
    };
    const stopped = await small.run(['apply', '--yes'], { kubeconfig: proxy.kubeconfig(small.root) });
    await proxy.stop();
    expect(stopped.code, stopped.error).toBe(8);
    expect(stopped.error).toMatch(/cannot patch \S+ in namespace rights-/);
    await bind('applier', all);
    expect((await small.mesh('apply', '--resume', '--yes')).code).toBe(0);
    expect((await small.mesh('plan', '--detailed-exitcode')).code).toBe(0);
  });

  const bind = (user: string, all: readonly Role[], mesh = small): Promise<void> =>
    bindRoles(admin, user, all, mesh.stateNamespace);

  /** Applies, changes, prunes, releases what was adopted, and goes back; answers the first command that failed. */
  async function wholeWork(mesh: SmallMesh): Promise<Ran | 'done'> {
    const { namespace } = mesh;
    const route = { name: 'web', namespace };
    const kind = await kindOf(admin, 'networking.istio.io/v1', 'DestinationRule');
    const made: LiveObject = {
      ...{ apiVersion: 'networking.istio.io/v1', kind: 'DestinationRule', metadata: route },
      spec: { host: `web.${namespace}.svc.cluster.local` },
    };
    await admin.create(kind, made);
    const ref = `networking.istio.io/DestinationRule/${namespace}/web`;
    const steps: readonly (readonly [services: readonly string[], words: readonly string[]])[] = [
      [
        ['web', 'more'],
        ['apply', '--yes', '--adopt', ref],
      ],
      [['more'], ['apply', '--yes', '--allow-prune-percent', '100']],
      [['more'], ['rollback', '--yes', '--adopt', ref]],
    ];
    for (const [services, words] of steps) {
      mesh.write({ context: 'applier', services });
      const ran = await mesh.mesh(...words);
      if (ran.code !== 0) return ran;
    }
    return 'done';
  }

  async function roles(job: 'plan' | 'apply', mesh = small): Promise<readonly Role[]> {
    mesh.write({ services: ['web', 'more'] });
    const printed = await mesh.mesh('doctor', '--rbac', job);
    expect(printed.code, printed.error).toBe(0);
    return loadAll(printed.out).map((one) => one as Role);
  }
});
