import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connected, installCrds, testKubeconfig } from './harness/connected.ts';
import { rawRequest } from './harness/raw-request.ts';
import { SmallMesh } from './harness/small-mesh.ts';

describe.skipIf(testKubeconfig === undefined)('a field that somebody puts beside ours', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;
  let mesh: SmallMesh;

  beforeAll(async () => {
    await installCrds(cluster);
    mesh = await SmallMesh.make(cluster, 'added');
    expect((await mesh.mesh('apply', '--yes')).code).toBe(0);
  });
  afterAll(() => {
    mesh.remove();
    cluster.close();
  });

  const security = '/apis/security.istio.io/v1/namespaces/added/peerauthentications/default';
  const ref = 'security.istio.io/PeerAuthentication/added/default';

  test('is drift with its author, since it can change what the object means', async () => {
    expect((await mesh.mesh('drift', '--detailed-exitcode')).code).toBe(0);
    // Istio: a workload may disable mTLS for a port.
    await rawRequest('PATCH', security, {
      spec: { selector: { matchLabels: { app: 'web' } }, portLevelMtls: { '80': { mode: 'DISABLE' } } },
    });
    const { code, out } = await mesh.mesh('drift', '--detailed-exitcode', '--format', 'json');
    expect(code).toBe(2);
    const [found] = (JSON.parse(out) as { targets: { cluster: { drift: readonly object[] } } }).targets
      .cluster.drift;
    expect(found).toMatchObject({
      ...{ type: 'object', state: 'changed', ref, origin: { file: 'mesh.yaml' } },
      fields: [
        { path: 'spec.portLevelMtls', after: { '80': { mode: 'DISABLE' } }, manager: 'kubectl-edit' },
        { path: 'spec.selector', after: { matchLabels: { app: 'web' } }, manager: 'kubectl-edit' },
      ],
    });
  });

  test('is named by a plan, which claims no more that all is what the spec says', async () => {
    const { code, out } = await mesh.mesh('plan', '--detailed-exitcode');
    expect(code).toBe(0);
    expect(out).toContain(
      `${ref} stays: "kubectl-edit" has added spec.portLevelMtls, which the spec does not have and an apply leaves in place`,
    );
    expect(out).not.toContain('what is applied is what the spec says');
  });

  test('is no label, annotation or status', async () => {
    const before = (await mesh.mesh('drift', '--format', 'json')).out;
    await rawRequest('PATCH', await mesh.route(), {
      metadata: { labels: { team: 'a' }, annotations: { note: 'b' } },
      status: { observedGeneration: 1 },
    });
    expect((await mesh.mesh('drift', '--format', 'json')).out).toBe(before);
  });

  test('is gone once it is removed by hand', async () => {
    await rawRequest('PATCH', security, { spec: { selector: null, portLevelMtls: null } });
    expect((await mesh.mesh('drift', '--detailed-exitcode')).code).toBe(0);
    expect((await mesh.mesh('plan')).out).toContain('what is applied is what the spec says');
  });
});
