import { loadAll } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuthorityMesh, fileOf } from './harness/authority-mesh.ts';
import { connected, ensureNamespace, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { bindRoles, type PrintedRole, without } from './harness/rights.ts';
import type { Ended } from './harness/run-process.ts';

describe.skipIf(testKubeconfig === undefined)('the least rights over the Secret of an authority', () => {
  const admin = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;

  beforeAll(() => installCrds(admin));
  afterAll(() => admin.close());

  async function begun(namespace: string): Promise<AuthorityMesh> {
    const mesh = await AuthorityMesh.make(admin, namespace);
    await ensureNamespace(admin, mesh.small.stateNamespace);
    return mesh;
  }

  async function printed(mesh: AuthorityMesh): Promise<readonly PrintedRole[]> {
    return loadAll(await mesh.ok('doctor', '--rbac', 'apply')).map((one) => one as PrintedRole);
  }

  /** Binds a user, and applies a first and a second issuer; answers the first apply that failed. */
  async function wholeWork(mesh: AuthorityMesh, roles: readonly PrintedRole[]): Promise<Ended | 'done'> {
    await bindRoles(admin, 'applier', roles, mesh.small.stateNamespace);
    mesh.write({ context: 'applier' });
    for (const change of [() => Promise.resolve(), () => mesh.rotated()]) {
      await change();
      const ran = await mesh.run(['apply', '--yes', '--timeout', '2s']);
      if (ran.code !== 0) return ran;
    }
    return 'done';
  }

  test('are enough for its creation and its change, and let nobody read other Secrets beside it', async () => {
    const mesh = await begun('authority-rights');
    expect(await wholeWork(mesh, await printed(mesh))).toBe('done');
    expect(fileOf(await mesh.secret(), 'ca-key.pem')).toContain('PRIVATE KEY');
    const kind = await kindOf(admin, 'v1', 'Secret');
    const namespace = mesh.small.namespace;
    await admin.create(kind, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'other', namespace } });
    const applier = connected('applier');
    try {
      expect(await applier.read(kind, { namespace, name: 'cacerts' })).toBeDefined();
      await expect(applier.read(kind, { namespace, name: 'other' })).rejects.toThrow(/cannot get/);
      await expect(applier.list(kind, { namespace })).rejects.toThrow(/cannot list/);
    } finally {
      applier.close();
      mesh.small.remove();
    }
  });

  test.each(['get', 'patch', 'create'])(
    'have no verb too many: without %s the work fails and names it',
    async (verb) => {
      const mesh = await begun(`authority-less-${verb}`);
      try {
        const all = await printed(mesh);
        const less = all.map((role) =>
          role.metadata.name.endsWith('-authority') ? (without([role], 'Role', verb)[0] ?? role) : role,
        );
        expect(less).not.toEqual(all);
        const ended = await wholeWork(mesh, less);
        if (ended === 'done') throw new Error(`${verb} is not needed`);
        expect(ended.code, ended.error).toBe(15);
        expect(ended.error).toMatch(new RegExp(`\\b${verb} (resource )?"?secrets`));
      } finally {
        mesh.small.remove();
      }
    },
  );
});
