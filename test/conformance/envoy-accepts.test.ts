import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { meshCases } from '../cases/cases.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';
import { Authority } from './harness/authorities.ts';
import { compiled } from './harness/compiled.ts';
import { admin, Envoys } from './harness/envoys.ts';

const envoy = process.env['ENVOY'];

// The differential suite starts every proxy of every case with endpoints in clusters; in this test they are in files.
for (const name of ['splits', 'nearby']) {
  test.skipIf(envoy === undefined)(
    `a real Envoy accepts the files of ${name} with endpoints in files`,
    async () => {
      const meshCase = meshCases().find((candidate) => candidate.name === name);
      if (meshCase === undefined) throw new Error(`no case ${name}`);
      const out = mkdtempSync(path.join(tmpdir(), 'meshwright-accepts-'));
      const ir = linkedMesh(meshCase.directory);
      const own = await Authority.of(ir.trustDomain);
      const [first] = await compiled(ir, out, own, { [ir.trustDomain]: own.bundle }, { endpoints: 'files' });
      if (first === undefined) throw new Error('no proxy');
      const envoys = new Envoys(envoy ?? '', out);
      try {
        // Starting an Envoy fails if it refuses any file.
        await envoys.start([first]);
        const stats = (await admin(first.admin, '/stats?filter=cluster\\..*update_success')) ?? '';
        const read = stats.split('\n').filter((line) => /^cluster\.shop.*: [1-9]/.test(line));
        expect(read.length).toBeGreaterThan(0);
      } finally {
        await envoys.stop();
        rmSync(out, { recursive: true, force: true });
      }
    },
  );
}

test.skipIf(envoy === undefined)(
  'the Envoy of these tests has a version that the target is tested against',
  async () => {
    const { default: target } = await import('../../src/core/targets/envoy/index.ts');
    const said = execFileSync(envoy ?? '', ['--version'], { encoding: 'utf8' });
    const version = /\/(\d+\.\d+)\.\d+\//.exec(said)?.[1];
    expect(target.versions).toContain(version);
  },
);
