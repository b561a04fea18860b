import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadAll } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuthorityMesh, fileOf } from './harness/authority-mesh.ts';
import { connected, ensureNamespace, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { linkerdDocument } from './harness/linkerd-document.ts';
import { bindRoles, type PrintedRole } from './harness/rights.ts';

const apply = ['apply', '--yes', '--timeout', '2s'];
const attest = ['--attest', 'all pods restarted'];

interface Item {
  readonly who: string;
  readonly kind: string;
  readonly state: string;
  readonly detail: string;
}

describe.skipIf(testKubeconfig === undefined)('the gates of a rotation in a cluster', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;

  beforeAll(() => installCrds(cluster));
  afterAll(() => cluster.close());

  /** Takes a step of the rotation of the root; answers the state of the run, and of the conditions of an object. */
  async function rotate(mesh: AuthorityMesh, id: string, ...words: readonly string[]) {
    const report = JSON.parse(await mesh.ok('certs', 'rotate', 'root', '--format', 'json', ...words));
    const items = report.gate.items as readonly Item[];
    const of = (who: string) => items.filter((one) => one.who === who).map(({ state }) => state);
    return { state: report.state as string, object: of(id), authority: of('its authority'), items };
  }

  const trustOf = (mesh: AuthorityMesh) =>
    JSON.parse(readFileSync(path.join(mesh.small.root, 'certificates/shop.example.json'), 'utf8'));

  test('see the roots and the issuer in the Secret of Istio; without istiod nobody knows its proxies', {
    timeout: 240_000,
  }, async () => {
    const mesh = await AuthorityMesh.make(cluster, 'authority-evidence');
    const id = 'core/Secret/authority-evidence/cacerts';
    try {
      await mesh.ok(...apply);
      await rotate(mesh, id);
      await mesh.ok(...apply);
      expect(await rotate(mesh, id)).toMatchObject({ state: 'moved' });
      expect(trustOf(mesh).phase).toBe('DUAL_TRUST');
      expect(await rotate(mesh, id, ...attest)).toMatchObject({ state: 'waiting', object: ['unmet'] });
      await mesh.ok(...apply);
      expect(await rotate(mesh, id)).toMatchObject({
        ...{ state: 'waiting', object: ['met'], authority: ['unseen'] },
      });

      // An attest doesn't pass what is seen: somebody put the old roots back.
      const dual = await mesh.secret();
      const [old] = trustOf(mesh).roots;
      await write({ ...(dual?.['data'] as object), 'root-cert.pem': btoa(old.certificate) });
      const broken = await rotate(mesh, id, ...attest);
      expect(broken).toMatchObject({ state: 'waiting', object: ['unmet'] });
      expect(broken.items.find(({ who }) => who === id)?.detail).toContain('it does not trust the root');
      await write({ 'root-cert.pem': 'AAAA' });
      expect(await rotate(mesh, id, ...attest)).toMatchObject({ state: 'waiting', object: ['unmet'] });
      await mesh.ok(...apply);
      expect(await rotate(mesh, id, ...attest)).toMatchObject({ state: 'moved', object: ['met'] });

      // Until an apply the old issuer signs.
      const signing = await rotate(mesh, id, ...attest);
      expect(signing).toMatchObject({ state: 'waiting', object: ['unmet'] });
      await mesh.ok(...apply);
      expect(await rotate(mesh, id)).toMatchObject({
        state: 'waiting',
        object: ['met'],
        authority: ['unseen'],
      });
      const asked = await mesh.run(['certs', 'status', '--who-needs', old.id.slice(0, 16)]);
      expect(asked).toMatchObject({ code: 13 });
      expect(asked.out).toMatch(/met +verifier +cluster\/core\/Secret\/authority-evidence\/cacerts/);
      const key = fileOf(await mesh.secret(), 'ca-key.pem') ?? 'none';
      expect(asked.out + JSON.stringify(signing)).not.toContain(key.split('\n')[1]);
    } finally {
      mesh.small.remove();
    }

    async function write(data: object): Promise<void> {
      const served = await kindOf(cluster, 'v1', 'Secret');
      const metadata = { name: 'cacerts', namespace: 'authority-evidence' };
      const live = await cluster.read(served, metadata);
      await cluster.remove(served, metadata, { uid: live?.metadata.uid ?? '' });
      await cluster.create(served, {
        ...{ apiVersion: 'v1', kind: 'Secret', type: 'Opaque', data },
        metadata: { ...metadata, annotations: live?.metadata.annotations },
      } as never);
    }
  });

  test('are unseen for whoever may not read the Secret, and say so', async () => {
    const mesh = await AuthorityMesh.make(cluster, 'authority-unread');
    const id = 'core/Secret/authority-unread/cacerts';
    try {
      await ensureNamespace(cluster, mesh.small.stateNamespace);
      await mesh.ok(...apply);
      const roles = loadAll(await mesh.ok('doctor', '--rbac', 'plan')) as readonly PrintedRole[];
      await bindRoles(cluster, 'planner', roles, mesh.small.stateNamespace);
      mesh.write({ context: 'planner' });
      await rotate(mesh, id);
      await rotate(mesh, id);
      const found = await rotate(mesh, id);
      expect(found).toMatchObject({ state: 'waiting', object: ['unseen'] });
      expect(found.items.find(({ who }) => who === id)?.detail).toMatch(/cannot get .*secrets/);
      expect(found.items.find(({ who }) => who === 'its pods')).toMatchObject({
        ...{ state: 'unseen', detail: expect.stringMatching(/cannot list .*pods/) },
      });
    } finally {
      mesh.small.remove();
    }
  });

  test("see the anchors in Linkerd's ConfigMap, from which pods take them at a start", {
    timeout: 240_000,
  }, async () => {
    const mesh = await AuthorityMesh.make(cluster, 'authority-anchors');
    const id = 'core/ConfigMap/linkerd/linkerd-identity-trust-roots';
    await ensureNamespace(cluster, 'linkerd');
    for (const [kind, name] of [
      ['Secret', 'linkerd-identity-issuer'],
      ['ConfigMap', 'linkerd-identity-trust-roots'],
    ] as const) {
      const served = await kindOf(cluster, 'v1', kind);
      const live = await cluster.read(served, { namespace: 'linkerd', name });
      if (live) await cluster.remove(served, live.metadata, { uid: live.metadata.uid ?? '' });
    }
    writeFileSync(
      path.join(mesh.small.root, 'mesh.yaml'),
      linkerdDocument('authority-anchors', mesh.small.stateNamespace),
    );
    try {
      await mesh.ok(...apply);
      await rotate(mesh, id);
      await mesh.ok(...apply);
      await rotate(mesh, id);
      expect(await rotate(mesh, id, ...attest)).toMatchObject({ state: 'waiting', object: ['unmet'] });
      await mesh.ok(...apply);
      const found = await rotate(mesh, id);
      expect(found).toMatchObject({ state: 'waiting', object: ['met'], authority: ['unseen'] });
      expect(await rotate(mesh, id, ...attest)).toMatchObject({ state: 'moved' });
      await mesh.ok(...apply);
      const secret = await rotate(mesh, 'core/Secret/linkerd/linkerd-identity-issuer');
      expect(secret).toMatchObject({ state: 'waiting', object: ['met'] });
    } finally {
      mesh.small.remove();
    }
  });
});
