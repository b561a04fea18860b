import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LiveObject } from '../../src/ports/cluster.ts';
import { AuthorityMesh } from './harness/authority-mesh.ts';
import { connected, ensureNamespace, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { linkerdDocument } from './harness/linkerd-document.ts';
import { type ReportedPod, removePod, reportPod } from './harness/mesh-pods.ts';

const apply = ['apply', '--yes', '--timeout', '2s'];
const attest = ['--attest', 'I looked'];
const second = 1000;

interface Item {
  readonly who: string;
  readonly kind: string;
  readonly state: string;
  readonly detail: string;
  readonly way?: string;
}

describe.skipIf(testKubeconfig === undefined)('pods as evidence of a rotation', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  const reported: ReportedPod[] = [];

  beforeAll(() => installCrds(cluster));
  afterAll(async () => {
    for (const pod of reported) await removePod(cluster, pod);
    cluster.close();
  });

  async function report(pod: ReportedPod): Promise<void> {
    reported.push(pod);
    await reportPod(cluster, pod);
  }

  async function rotate(mesh: AuthorityMesh, ...words: readonly string[]) {
    const told = JSON.parse(await mesh.ok('certs', 'rotate', 'root', '--format', 'json', ...words));
    const items = told.gate.items as readonly Item[];
    const of = (who: string): Item | undefined => items.find((one) => one.who === who);
    return { state: told.state as string, items, of, open: told.open as readonly Item[] };
  }

  const rootsOf = (mesh: AuthorityMesh): readonly string[] =>
    JSON.parse(readFileSync(path.join(mesh.small.root, 'certificates/shop.example.json'), 'utf8')).roots.map(
      (one: { certificate: string }) => one.certificate,
    );

  /** Writes a ConfigMap as the mesh's own authority does. */
  async function writeMap(namespace: string, name: string, data: object): Promise<void> {
    const kind = await kindOf(cluster, 'v1', 'ConfigMap');
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { namespace, name }, data };
    const answer = await cluster.apply(kind, object as unknown as LiveObject, {
      manager: 'authority',
      force: true,
    });
    expect(answer.state).toBe('applied');
  }

  test('a Secret that must be there and is not holds a step back, whoever attests', async () => {
    const mesh = await AuthorityMesh.make(cluster, 'authority-missing');
    const id = 'core/Secret/authority-missing/cacerts';
    try {
      await mesh.ok(...apply);
      for (let step = 0; step < 2; step += 1) {
        await rotate(mesh);
        await mesh.ok(...apply);
      }
      const secret = await mesh.secret();
      await cluster.remove(await kindOf(cluster, 'v1', 'Secret'), secret?.metadata ?? { name: '' }, {
        uid: secret?.metadata.uid ?? '',
      });
      const lost = await rotate(mesh, ...attest);
      expect(lost.state).toBe('waiting');
      expect(lost.of(id)).toMatchObject({ state: 'unmet', detail: 'it is not there: mesh apply makes it' });
      await mesh.ok(...apply);
      expect((await rotate(mesh, ...attest)).state).toBe('moved');
    } finally {
      mesh.small.remove();
    }
  });

  test('show in Istio what istiod has loaded, and which proxies started since', {
    timeout: 300_000,
  }, async () => {
    const namespace = 'authority-pods';
    const mesh = await AuthorityMesh.make(cluster, namespace);
    const istiod = (started: number): Promise<void> =>
      report({
        namespace,
        name: 'istiod-1',
        container: 'discovery',
        labels: { app: 'istiod' },
        deployment: 'istiod',
        started,
      });
    const web = (started: number): Promise<void> =>
      report({ namespace, name: 'web-1', container: 'istio-proxy', deployment: 'web', started });
    const restartWeb = `kubectl -n ${namespace} rollout restart deployment/web`;
    try {
      await mesh.ok(...apply);
      await istiod(Date.now() - 3600 * second);
      await web(Date.now() - 3600 * second);
      const [old = ''] = rootsOf(mesh);
      await writeMap(namespace, 'istio-ca-root-cert', { 'root-cert.pem': old });
      for (let step = 0; step < 2; step += 1) {
        await rotate(mesh);
        await mesh.ok(...apply);
      }

      // istiod has not loaded the Secret: nobody can attest that away.
      const behind = await rotate(mesh, ...attest);
      expect(behind.state).toBe('waiting');
      expect(behind.of(`core/ConfigMap/${namespace}/istio-ca-root-cert`)?.state).toBe('unmet');

      await writeMap(namespace, 'istio-ca-root-cert', { 'root-cert.pem': rootsOf(mesh).join('') });
      const older = await rotate(mesh);
      expect(older.state).toBe('waiting');
      expect(older.of(`core/ConfigMap/${namespace}/istio-ca-root-cert`)?.state).toBe('met');
      expect(older.of(`${namespace}/deployment/web`)).toMatchObject({ state: 'unseen', way: restartWeb });
      expect(await mesh.ok('certs', 'rotate', 'root')).toContain(`Restart:\n  ${restartWeb}\n`);

      await web(Date.now() + 130 * second);
      const moved = await rotate(mesh);
      expect(moved.open).toEqual([]);
      expect(moved.state).toBe('moved');

      // The new issuer signs once istiod has restarted, and then for proxies that start.
      await mesh.ok(...apply);
      const signing = await rotate(mesh);
      expect(signing.of(`the authority ${namespace}/deployment/istiod`)).toMatchObject({
        ...{ kind: 'leaf', state: 'unseen' },
        way: `kubectl -n ${namespace} rollout restart deployment/istiod`,
      });
      expect(signing.of(`${namespace}/deployment/web`)?.state).toBe('unseen');
      await istiod(Date.now() + 5 * second);
      await web(Date.now() + 10 * second);
      expect((await rotate(mesh)).of(`${namespace}/deployment/web`)?.state).toBe('unseen');
      await web(Date.now() + 60 * second);
      const signed = await rotate(mesh);
      // The time of a life is all that is left.
      expect(signed.open.map(({ kind }) => kind)).toEqual(['time']);
    } finally {
      mesh.small.remove();
    }
  });

  test('show in Linkerd the anchors that the injector wrote into them', { timeout: 300_000 }, async () => {
    const namespace = 'authority-anchored';
    const mesh = await AuthorityMesh.make(cluster, namespace);
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
      linkerdDocument(namespace, mesh.small.stateNamespace),
    );
    const variable = 'LINKERD2_PROXY_IDENTITY_TRUST_ANCHORS';
    const web = (anchors: string): Promise<void> =>
      report({
        ...{ namespace, name: 'web-1', container: 'linkerd-proxy', deployment: 'web' },
        ...{ env: [{ name: variable, value: anchors }], started: Date.now() - 3600 * second },
      });
    const identity = (started: number): Promise<void> =>
      report({
        ...{
          namespace: 'linkerd',
          name: 'identity-1',
          container: 'linkerd-proxy',
          deployment: 'linkerd-identity',
        },
        labels: { 'linkerd.io/control-plane-component': 'identity' },
        env: [
          {
            name: variable,
            valueFrom: { configMapKeyRef: { name: 'linkerd-identity-trust-roots', key: 'ca-bundle.crt' } },
          },
        ],
        started,
      });
    try {
      await mesh.ok(...apply);
      await identity(Date.now() - 3600 * second);
      const [old = ''] = rootsOf(mesh);
      await web(old);
      for (let step = 0; step < 2; step += 1) {
        await rotate(mesh);
        await mesh.ok(...apply);
      }
      const behind = await rotate(mesh, ...attest);
      expect(behind.state).toBe('waiting');
      expect(behind.of(`${namespace}/deployment/web`)).toMatchObject({
        ...{ state: 'unmet', way: `kubectl -n ${namespace} rollout restart deployment/web` },
      });
      expect(behind.of('linkerd/deployment/linkerd-identity')).toMatchObject({ state: 'unseen' });
      await web(rootsOf(mesh).join(''));
      await identity(Date.now() + 5 * second);
      const moved = await rotate(mesh);
      expect(moved.open).toEqual([]);
      expect(moved.state).toBe('moved');
    } finally {
      mesh.small.remove();
    }
  });
});
