import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Repository } from './repository.ts';
import { applied, record } from './rolled-out.ts';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));
const isThere = (program: string): boolean => spawnSync('which', [program]).status === 0;

/** Runs `mesh init --rollouts HOST` in a new repository. */
function begun(host: string): Repository {
  const repository = new Repository({ 'README.md': 'a mesh' }).committed();
  const ran = repository.mesh(['init', '--rollouts', host]);
  expect(ran.code, ran.error).toBe(0);
  return repository;
}

describe('mesh init --rollouts', () => {
  test.each([
    ['ci', ['.github/workflows/mesh-rollout.yaml']],
    ['kubernetes', ['rollouts/guard.yaml', 'rollouts/job.yaml']],
    [
      'systemd',
      ['rollouts/mesh-guard.service', 'rollouts/mesh-guard.timer', 'rollouts/mesh-rollout@.service'],
    ],
  ])('%s writes its files once, and the mesh stays valid', (host, files) => {
    const repository = begun(host);
    for (const file of files) expect(existsSync(path.join(repository.root, file)), file).toBe(true);
    const first = path.join(repository.root, files[0]!);
    writeFileSync(first, '# mine\n');
    const again = repository.mesh(['init', '--rollouts', host]);
    expect([again.code, readFileSync(first, 'utf8')]).toEqual([0, '# mine\n']);
    expect(repository.mesh(['validate']).code).toBe(0);
  });

  test('without a host writes none of them', () => {
    const repository = new Repository({ 'README.md': 'a mesh' }).committed();
    repository.mesh(['init']);
    expect(existsSync(path.join(repository.root, 'rollouts'))).toBe(false);
    expect(readdirSync(path.join(repository.root, '.github/workflows'))).toEqual(['mesh.yaml']);
  });

  test.runIf(isThere('systemd-analyze'))('systemd finds no fault with its units', () => {
    const { root } = begun('systemd');
    const folder = path.join(root, 'rollouts');
    const units = readdirSync(folder).map((name) => {
      const file = path.join(folder, name);
      // No mesh is installed here.
      writeFileSync(file, readFileSync(file, 'utf8').replace('/usr/local/bin/mesh', process.execPath));
      return file.replace('@.', '@shop-reviews.');
    });
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...units], {
      encoding: 'utf8',
      env: { ...process.env, SYSTEMD_UNIT_PATH: `${folder}:` },
    });
    expect({ status, faults: stderr.split('\n').filter((line) => line.includes(folder)) }).toEqual({
      status: 0,
      faults: [],
    });
  });

  test('the job of CI runs a rollout, and always a guard afterwards', () => {
    const { jobs } = parse(
      readFileSync(path.join(begun('ci').root, '.github/workflows/mesh-rollout.yaml'), 'utf8'),
    ) as {
      jobs: Readonly<Record<'rollout' | 'guard', { if?: string; steps: readonly { run?: string }[] }>>;
    };
    expect(jobs.guard.if).toBe('always()');
    const repository = applied();
    const step = (job: 'rollout' | 'guard') => {
      const run = jobs[job].steps.at(-1)?.run?.replace('sleep 70', 'sleep 0') ?? '';
      const programs = path.join(repository.root, '.bin');
      mkdirSync(programs, { recursive: true });
      writeFileSync(path.join(programs, 'mesh'), `#!/bin/sh\nexec '${process.execPath}' '${bin}' "$@"\n`);
      chmodSync(path.join(programs, 'mesh'), 0o755);
      const env = {
        PATH: `${programs}:${process.env['PATH'] ?? ''}`,
        HOME: repository.root,
        ROLLOUT: 'shop/reviews-v2',
      };
      return spawnSync('bash', ['-e', '-c', run], { cwd: repository.root, encoding: 'utf8', env });
    };
    record(repository, { state: 'promoted' });
    expect(step('rollout')).toMatchObject({ status: 0 });
    record(repository, { state: 'rolled-back', weights: { 'shop/reviews': 0 } });
    expect(step('rollout')).toMatchObject({ status: 10 });
    expect(step('guard')).toMatchObject({ status: 0 });
    // The guard acts for a runner that has been gone for an hour.
    const gone = new Date(Date.now() - 3_600_000).toISOString();
    record(repository, { state: 'running', weights: { 'shop/reviews': 5 }, began: gone, changed: gone });
    expect(step('guard')).toMatchObject({ status: 11 });
  });
});
