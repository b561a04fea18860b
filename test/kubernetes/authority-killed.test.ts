import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AuthorityMesh, fileOf } from './harness/authority-mesh.ts';
import { connected, installCrds, testKubeconfig } from './harness/connected.ts';

const apply = ['apply', '--yes', '--timeout', '2s'];

describe.skipIf(testKubeconfig === undefined)('kill -9 at the write of the Secret of an authority', () => {
  const cluster = (testKubeconfig === undefined ? undefined : connected()) as ReturnType<typeof connected>;

  beforeAll(() => installCrds(cluster));
  afterAll(() => cluster.close());

  /** The certificate of the issuer that was made last. */
  const lastIssuer = (mesh: AuthorityMesh): string => {
    const file = path.join(mesh.small.root, 'certificates/shop.example.json');
    return JSON.parse(readFileSync(file, 'utf8')).issuers.at(-1).certificate;
  };

  const resume = ['--resume'];

  // A plain apply supersedes the run that was killed.
  test.each([
    { name: 'first-before', isFirst: true, isDone: false, next: resume },
    { name: 'first-after', isFirst: true, isDone: true, next: resume },
    { name: 'change-before', isFirst: false, isDone: false, next: resume },
    { name: 'change-after', isFirst: false, isDone: true, next: resume },
    { name: 'plain-before', isFirst: false, isDone: false, next: [] },
    { name: 'plain-after', isFirst: false, isDone: true, next: [] },
  ])('is mended by the next run: $name', { timeout: 120_000 }, async ({ name, isFirst, isDone, next }) => {
    const mesh = await AuthorityMesh.make(cluster, `authority-${name}`);
    try {
      if (!isFirst) {
        await mesh.ok(...apply);
        await mesh.rotated();
      }
      const before = await mesh.secret();
      expect(before === undefined).toBe(isFirst);
      expect(await mesh.killedAtSecret(apply, isDone)).toMatchObject({ signal: 'SIGKILL' });
      // The server may still be busy with what the dead process asked for.
      await expect
        .poll(async () => fileOf(await mesh.secret(), 'ca-cert.pem'))
        .toBe(isDone ? lastIssuer(mesh) : fileOf(before, 'ca-cert.pem'));
      const left = await mesh.secret();

      await mesh.ok(...apply, ...next);
      const after = await mesh.secret();
      expect(fileOf(after, 'ca-cert.pem')).toBe(lastIssuer(mesh));
      // A Secret that was written isn't written twice.
      if (isDone) expect(after?.metadata.resourceVersion).toBe(left?.metadata.resourceVersion);
      for (const command of ['plan', 'status', 'drift']) await mesh.ok(command, '--detailed-exitcode');
      const { certificates } = JSON.parse(await mesh.ok('plan', '--format', 'json')).targets.cluster;
      expect(certificates).toMatchObject([{ proxy: `authority-${name}.cacerts`, action: 'keep' }]);
    } finally {
      mesh.small.remove();
    }
  });
});
