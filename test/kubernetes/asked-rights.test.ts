import { loadAll } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connected, ensureNamespace, installCrds, testKubeconfig } from './harness/connected.ts';
import { startFaultProxy } from './harness/fault-proxy.ts';
import { bindRoles, type PrintedRole, without } from './harness/rights.ts';
import type { Ran } from './harness/run-mesh.ts';
import { SmallMesh } from './harness/small-mesh.ts';

/** A run, with the kinds of its reviews of rights, in their order. */
interface Reviewed extends Ran {
  readonly reviews: readonly string[];
}

const rules = 'selfsubjectrulesreviews';

describe.skipIf(testKubeconfig === undefined)('the questions for the rights of an apply', () => {
  const admin = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;

  beforeAll(() => installCrds(admin));
  afterAll(() => admin.close());

  async function made(namespace: string): Promise<SmallMesh> {
    const mesh = await SmallMesh.make(admin, namespace);
    await ensureNamespace(admin, mesh.stateNamespace);
    return mesh;
  }

  async function applied(mesh: SmallMesh): Promise<Reviewed> {
    const proxy = await startFaultProxy();
    try {
      const ran = await mesh.run(['apply', '--yes'], { kubeconfig: proxy.kubeconfig(mesh.root) });
      const reviews = proxy.seen.flatMap(({ path }) => /selfsubject\w+/.exec(path) ?? []);
      return { ...ran, reviews };
    } finally {
      await proxy.stop();
      mesh.remove();
    }
  }

  async function printed(mesh: SmallMesh): Promise<readonly PrintedRole[]> {
    const { out, code, error } = await mesh.mesh('doctor', '--rbac', 'apply');
    expect(code, error).toBe(0);
    return loadAll(out).map((one) => one as PrintedRole);
  }

  test('are one for rights in the whole cluster', async () => {
    const { code, error, reviews } = await applied(await made('asked-admin'));
    expect(code, error).toBe(0);
    expect(reviews).toEqual([rules]);
  });

  test('are two for the least roles: one for the cluster, one for the namespace of the state', async () => {
    const mesh = await made('asked-least');
    await bindRoles(admin, 'applier', await printed(mesh), mesh.stateNamespace);
    mesh.write({ context: 'applier' });
    const { code, error, reviews } = await applied(mesh);
    expect(code, error).toBe(0);
    expect(reviews).toEqual([rules, rules]);
  });

  test('are one for each namespace with a Role', async () => {
    const mesh = await made('asked-role');
    await bindRoles(admin, 'applier', writingIn(mesh.namespace, await printed(mesh)), mesh.stateNamespace);
    mesh.write({ context: 'applier' });
    const { code, error, reviews } = await applied(mesh);
    expect(code, error).toBe(0);
    expect(reviews).toEqual([rules, rules, rules]);
  });

  test('name every missing right before anything is written', async () => {
    const mesh = await made('asked-less');
    const less = without(await printed(mesh), 'ClusterRole', 'patch');
    await bindRoles(admin, 'applier', less, mesh.stateNamespace);
    mesh.write({ context: 'applier' });
    const { code, error } = await applied(mesh);
    expect(code, error).toBe(15);
    for (const resource of ['virtualservices.networking.istio.io', 'peerauthentications.security.istio.io'])
      expect(error).toContain(`patch ${resource} in namespace asked-less`);
    expect(error).not.toContain('create virtualservices');
    expect(await mesh.objects()).toEqual([]);
  });

  /** Moves the rights to write objects from the whole cluster into a namespace. */
  function writingIn(namespace: string, all: readonly PrintedRole[]): readonly PrintedRole[] {
    return all.flatMap((role) => {
      if (role.kind !== 'ClusterRole' || role.rules === undefined) return [role];
      const isRead = (verb: string): boolean => verb === 'get' || verb === 'list';
      const only = (wanted: (verb: string) => boolean) =>
        (role.rules ?? [])
          .map((rule) => ({ ...rule, verbs: rule.verbs.filter(wanted) }))
          .filter(({ verbs }) => verbs.length > 0);
      const metadata = { name: `${role.metadata.name}-evidence`, namespace };
      return [
        { ...role, rules: only(isRead) },
        { ...role, kind: 'Role', metadata, rules: only((verb) => !isRead(verb)) },
      ];
    });
  }
});
