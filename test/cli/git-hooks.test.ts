import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { meshOnly } from './mesh-only.ts';
import { Repository } from './repository.ts';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));
const limit = { timeout: 120_000 };

const hook = `#!/bin/sh\ncd mesh && exec '${process.execPath}' '${bin}' validate --staged\n`;
const inFolder = Object.fromEntries(Object.entries(meshOnly).map(([name, text]) => [`mesh/${name}`, text]));

/** Runs `git commit` in a folder with the hook; returns the exit code. */
function commit(
  folder: string,
  ...args: readonly string[]
): { readonly code: number | null; readonly said: string } {
  const identity = ['-c', 'user.name=t', '-c', 'user.email=t@example.org', '-c', 'commit.gpgsign=false'];
  const ran = spawnSync('git', [...identity, 'commit', '--message', 'x', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', MESH_CACHE: 'off' },
  });
  return { code: ran.status, said: ran.stdout + ran.stderr };
}

function plantHook(repository: Repository, directory: string): void {
  repository.write(`${directory}/hooks/pre-commit`, hook);
  chmodSync(path.join(repository.root, directory, 'hooks/pre-commit'), 0o755);
}

describe('validate --staged as the hook of a real commit', () => {
  /** Tests that `git commit`, `-a` and FILE, each with its own index, refuse a broken spec. */
  function expectChecked(folder: string): void {
    const write = (name: string, text: string): void => writeFileSync(path.join(folder, 'mesh', name), text);
    const add = (...names: readonly string[]): void =>
      void execFileSync('git', ['add', ...names.map((name) => `mesh/${name}`)], { cwd: folder });
    write('a.txt', '1');
    add('a.txt');
    expect(commit(folder)).toMatchObject({ code: 0 });
    write('a.txt', '2');
    expect(commit(folder, '--all')).toMatchObject({ code: 0 });
    write('bad.yaml', 'apiVersion: mesh/v1\nkind: Rout\n');
    add('bad.yaml');
    write('a.txt', '3');
    // The commit of one file doesn't contain the broken file.
    expect(commit(folder, 'mesh/a.txt')).toMatchObject({ code: 0 });
    const refused = commit(folder);
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('bad.yaml:2:7 error') });
    expect(commit(folder, 'mesh/bad.yaml').code).toBe(1);
  }

  test('in a repository', limit, () => {
    const repository = new Repository(inFolder).committed();
    plantHook(repository, '.git');
    expectChecked(repository.root);
  });

  test('in a linked worktree', limit, () => {
    const repository = new Repository(inFolder).committed();
    plantHook(repository, '.git');
    repository.git('worktree', 'add', '--quiet', 'linked', '-b', 'other');
    expectChecked(path.join(repository.root, 'linked'));
  });

  test('in a worktree of a bare repository', limit, () => {
    const repository = new Repository(inFolder).committed();
    repository.git('clone', '--quiet', '--bare', '.', 'bare.git');
    repository.git('-C', 'bare.git', 'worktree', 'add', '--quiet', '../linked', 'main');
    plantHook(repository, 'bare.git');
    expectChecked(path.join(repository.root, 'linked'));
  });

  test('in a submodule', limit, () => {
    const repository = new Repository(inFolder).committed();
    repository.git('init', '--quiet', 'super');
    const child = ['-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', repository.root, 'sub'];
    repository.git('-C', 'super', ...child);
    plantHook(repository, 'super/.git/modules/sub');
    expectChecked(path.join(repository.root, 'super/sub'));
  });

  test('an index that a hook names in another repository is not used', limit, () => {
    const repository = new Repository(meshOnly).committed();
    const other = new Repository({ 'mesh.yaml': 'kind: Nothing\n' }).committed();
    const env = { GIT_INDEX_FILE: path.join(other.root, '.git/index') };
    for (const more of [{}, { GIT_DIR: path.join(other.root, '.git') }])
      expect(repository.mesh(['validate', '--staged'], { env: { ...env, ...more } })).toMatchObject({
        code: 0,
      });
  });
});
