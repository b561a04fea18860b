import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LiveObject } from '../../src/ports/cluster.ts';
import { connected, installCrds, kindOf, testKubeconfig } from './harness/connected.ts';
import { rawRequest } from './harness/raw-request.ts';
import { SmallMesh } from './harness/small-mesh.ts';

describe.skipIf(testKubeconfig === undefined)('a Secret of our records that was cut off', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;

  beforeAll(() => installCrds(cluster));
  afterAll(() => cluster.close());

  /** Applies a mesh, and cuts the records of a group; returns the paths of their Secrets. */
  async function cut(mesh: SmallMesh, group: string): Promise<readonly string[]> {
    expect((await mesh.mesh('apply', '--yes')).code).toBe(0);
    const kind = await kindOf(cluster, 'v1', 'Secret');
    const { objects } = await cluster.list(kind, { namespace: mesh.stateNamespace });
    const paths: string[] = [];
    for (const one of objects as readonly (LiveObject & { readonly data: { readonly part: string } })[]) {
      if (one.metadata.annotations?.['meshwright.dev/name']?.startsWith(`${group}/`) !== true) continue;
      const at = `/api/v1/namespaces/${mesh.stateNamespace}/secrets/${one.metadata.name}`;
      const { part } = one.data;
      await rawRequest('PATCH', at, { data: { part: part.slice(0, Math.floor(part.length / 8) * 4) } });
      paths.push(at);
    }
    expect(paths).toHaveLength(1);
    return paths;
  }

  test('is named with a way out if it keeps a snapshot, and that way leads out', async () => {
    const mesh = await SmallMesh.make(cluster, 'cut-snapshot');
    try {
      const [at = ''] = await cut(mesh, 'snapshots');
      const { code, error } = await mesh.mesh('plan');
      expect(code).toBe(1);
      expect(error).toContain(at.slice(at.lastIndexOf('/') + 1));
      expect(error).toContain('is damaged: it is not what was written; delete it: what it holds is lost');
      await rawRequest('DELETE', at, {});
      const ran = await mesh.mesh('apply', '--yes');
      expect(ran.code, ran.error).toBe(0);
      expect((await mesh.mesh('plan', '--detailed-exitcode')).code).toBe(0);
    } finally {
      mesh.remove();
    }
  });

  test('is left out and set aside if it keeps an entry of the history', async () => {
    const mesh = await SmallMesh.make(cluster, 'cut-entry');
    try {
      await cut(mesh, 'history');
      const read = await mesh.mesh('history');
      expect(read.code, read.error).toBe(0);
      mesh.write({ timeout: 9 });
      const ran = await mesh.mesh('apply', '--yes');
      expect(ran.code, ran.error).toBe(0);
    } finally {
      mesh.remove();
    }
  });
});
