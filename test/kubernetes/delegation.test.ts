import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatTrust } from '../../src/core/identity/trust-file.ts';
import { madeHierarchy } from '../core/identity/made-hierarchy.ts';
import { connected, ensureNamespace, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { runMesh } from './harness/run-mesh.ts';

const mesh = (certificates: string) => `apiVersion: mesh/v1
kind: Mesh
metadata: {name: delegated}
spec:
  trustDomain: shop.example
  access: allow
  egress: allow
  mtls: permissive
  certificates: ${certificates}
  targets:
    prod: {platform: linkerd, output: {kubernetes: {context: admin, stateNamespace: state-delegated}}}
`;

describe.skipIf(testKubeconfig === undefined)('certificates of a delegate', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let root: string;
  const write = (certificates: string): void =>
    writeFileSync(path.join(root, 'mesh.yaml'), mesh(certificates));
  const run = (...words: readonly string[]) => runMesh(words, { root });

  beforeAll(async () => {
    await installCrds(cluster);
    for (const name of ['linkerd', 'state-delegated']) await ensureNamespace(cluster, name);
    root = mkdtempSync(path.join(tmpdir(), 'mesh-delegated-'));
    mkdirSync(path.join(root, 'certificates'));
  });
  afterAll(() => {
    cluster.close();
    rmSync(root, { recursive: true, force: true });
  });

  test('are applied, kept, and removed with the delegate, a Bundle of the whole cluster too', async () => {
    const { trust } = await madeHierarchy({ targets: [] }, Date.now());
    writeFileSync(path.join(root, 'certificates/shop.example.json'), formatTrust(trust));
    write('{delegate: cert-manager, certManager: {issuer: shop-root}}');
    const planned = await run('plan', '--format', 'json');
    expect(planned.code, planned.error).toBe(0);
    expect(planned.out).toContain('linkerd-identity-trust-roots');
    const applied = await run('apply', '--yes', '--timeout', '2s');
    expect(applied.code, applied.error).toBe(0);
    const bundles = await kindOf(cluster, 'trust.cert-manager.io/v1alpha1', 'Bundle');
    const certificates = await kindOf(cluster, 'cert-manager.io/v1', 'Certificate');
    const name = { name: 'linkerd-identity-trust-roots' };
    expect(await cluster.read(bundles, name)).toMatchObject({
      spec: { sources: [{ inLine: trust.roots[0]?.certificate }] },
    });
    const issuer = { namespace: 'linkerd', name: 'linkerd-identity-issuer' };
    expect(await cluster.read(certificates, issuer)).toMatchObject({ spec: { isCA: true } });
    const again = await run('plan', '--format', 'json');
    expect(JSON.parse(again.out).counts, again.out).toMatchObject({ create: 0, update: 0, delete: 0 });

    write('{}');
    const removed = await run('apply', '--yes', '--timeout', '2s', '--allow-prune-percent', '100');
    expect(removed.code, removed.error).toBe(0);
    expect(await cluster.read(bundles, name)).toBeUndefined();
    expect(await cluster.read(certificates, issuer)).toBeUndefined();
  });
});
