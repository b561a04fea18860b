import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const project = path.resolve(import.meta.dirname, '../..');
const preCommit = process.env['PRE_COMMIT'];
const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-hooks-'));
const minute = 60_000;

const { privateKey } = generateKeyPairSync('ed25519');
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

/**
 * The environment of hooks: the Node.js of this process, under each name that pre-commit uses, and the installed
 * `mesh`.
 */
const environment = {
  HOME: process.env['HOME'],
  PATH: `${folder}/bin:${process.env['PATH'] ?? ''}`,
  PRE_COMMIT_HOME: `${folder}/home`,
  GIT_CONFIG_GLOBAL: `${folder}/gitconfig`,
  GIT_CONFIG_SYSTEM: '/dev/null',
  // npm doesn't ask its registry again, one by one, about packages in its cache.
  npm_config_prefer_offline: 'true',
};

function git(cwd: string, ...args: readonly string[]): string {
  return execFileSync('git', args, { cwd, encoding: 'utf8', env: environment });
}

/** Makes the repository that pre-commit clones, with the present sources, committed or not. */
function cloneOfProject(): string {
  const clone = path.join(folder, 'meshwright');
  const listing = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: project,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  for (const file of listing.split('\0').filter(Boolean)) {
    cpSync(path.join(project, file), path.join(clone, file), { force: true, errorOnExist: false });
  }
  git(clone, 'init', '--quiet');
  git(clone, 'add', '--all', '--force');
  git(clone, 'commit', '--quiet', '--message', 'as it is');
  return clone;
}

/** A repository with the files of `mesh init`, all staged. */
class MeshRepository {
  readonly root: string;

  /** `below` is the folder of the mesh in the repository. */
  constructor(name: string, config?: string, below = '') {
    this.root = path.join(folder, name);
    mkdirSync(path.join(this.root, below), { recursive: true });
    git(this.root, 'init', '--quiet', '--initial-branch=main');
    if (config !== undefined) this.write('.pre-commit-config.yaml', config);
    const made = spawnSync(`${folder}/bin/mesh`, ['init'], {
      cwd: path.join(this.root, below),
      env: environment,
      encoding: 'utf8',
    });
    expect(made.stderr).toBe('');
    git(this.root, 'add', '--all');
  }

  write(file: string, text: string): void {
    writeFileSync(path.join(this.root, file), text);
  }

  read(file: string): string {
    return readFileSync(path.join(this.root, file), 'utf8');
  }

  stage(file: string, text: string): void {
    this.write(file, text);
    git(this.root, 'add', file);
  }

  run(...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(preCommit ?? '', ['run', '--color=never', ...args], {
      cwd: this.root,
      env: environment,
      encoding: 'utf8',
    });
    return { code: status, out: stdout + stderr };
  }
}

/** Returns the hooks that passed, from an output. */
function passed(out: string): readonly string[] {
  return [...out.matchAll(/^(mesh [a-z ]+)\.+Passed$/gm)].map(([, name]) => name ?? '').sort();
}

const all = ['mesh fmt', 'mesh keys check', 'mesh validate'];

describe.skipIf(preCommit === undefined)('hooks of pre-commit', () => {
  beforeAll(() => {
    mkdirSync(`${folder}/bin`);
    for (const name of ['node', 'nodejs']) symlinkSync(process.execPath, `${folder}/bin/${name}`);
    writeFileSync(`${folder}/bin/mesh`, `#!/bin/sh\nexec ${process.execPath} ${project}/bin/mesh.js "$@"\n`);
    chmodSync(`${folder}/bin/mesh`, 0o755);
    writeFileSync(`${folder}/gitconfig`, '[user]\nname = t\nemail = t@example.org\n');
  });
  // The folder contains what pre-commit has installed, with all development dependencies.
  afterAll(() => rmSync(folder, { recursive: true, force: true }), 2 * minute);

  test('of `mesh init` pass on the files that it writes', () => {
    const repository = new MeshRepository('init');
    const { code, out } = repository.run('--all-files');
    expect(passed(out), out).toEqual(all);
    expect(code).toBe(0);
  });

  test.each(['deploy', "it's (a)/mesh"])(
    'the hooks of `mesh init` for a mesh in %s check that mesh',
    (below) => {
      const repository = new MeshRepository(`below-${below.length}`, undefined, below);
      const good = repository.run('--all-files');
      expect(passed(good.out), good.out).toEqual(all);
      git(repository.root, 'commit', '--quiet', '--message', 'good');

      repository.stage('other.yaml', 'a:   1\n');
      const foreign = repository.run();
      expect(foreign.code, foreign.out).toBe(0);
      expect(foreign.out).toMatch(/^mesh validate\.+\(no files to check\)Skipped$/m);

      const tidy = repository.read(`${below}/routes.yaml`);
      repository.stage(`${below}/routes.yaml`, tidy.replace('version: v2', 'version: v3'));
      const invalid = repository.run();
      expect(invalid.code).toBe(1);
      expect(invalid.out).toMatch(/routes\.yaml:\d+:\d+ error MESH\d{4}/);
      expect(passed(invalid.out)).toEqual(['mesh fmt', 'mesh keys check']);

      repository.stage(`${below}/routes.yaml`, tidy.replace('kind: Route', 'kind:  Route'));
      expect(repository.run().out).toMatch(
        /^mesh fmt\.+Failed\n- hook id: mesh-fmt\n- files were modified by this hook$/m,
      );
      expect(repository.read(`${below}/routes.yaml`)).toBe(tidy);
    },
  );

  test(
    'the hooks of the repository, installed by pre-commit itself, pass valid content and stop invalid content',
    () => {
      const clone = cloneOfProject();
      const revision = git(clone, 'rev-parse', 'HEAD').trim();
      const ids = ['mesh-validate', 'mesh-fmt', 'mesh-no-private-keys'].map((id) => `      - id: ${id}\n`);
      const config = `repos:\n  - repo: ${clone}\n    rev: ${revision}\n    hooks:\n${ids.join('')}`;
      const repository = new MeshRepository('hooks', config);

      const good = repository.run('--all-files');
      expect(passed(good.out), good.out).toEqual(all);
      expect(good.code).toBe(0);
      git(repository.root, 'commit', '--quiet', '--message', 'good');

      const tidy = repository.read('routes.yaml');
      const foreign = 'kind:   ConfigMap\napiVersion: v1\n';
      repository.stage('configmap.yaml', foreign);
      repository.stage(
        'routes.yaml',
        tidy.replace('apiVersion: mesh/v1\nkind: Route\n', 'kind:  Route\napiVersion: mesh/v1\n'),
      );
      const untidy = repository.run();
      expect(untidy.code).toBe(1);
      expect(untidy.out).toMatch(
        /^mesh fmt\.+Failed\n- hook id: mesh-fmt\n- files were modified by this hook$/m,
      );
      expect(passed(untidy.out)).toEqual(['mesh keys check', 'mesh validate']);
      expect(repository.read('routes.yaml')).toBe(tidy);
      expect(repository.read('configmap.yaml')).toBe(foreign);

      repository.stage('routes.yaml', tidy.replace('version: v2', 'version: v3'));
      const invalid = repository.run();
      expect(invalid.code).toBe(1);
      expect(invalid.out).toMatch(/routes\.yaml:\d+:\d+ error MESH\d{4}/);
      expect(passed(invalid.out)).toEqual(['mesh fmt', 'mesh keys check']);
      // The staged content counts: a valid file in the working tree changes nothing.
      repository.write('routes.yaml', tidy);
      expect(repository.run().code).toBe(1);
      git(repository.root, 'add', '--all');

      repository.stage('server.bin', `\0\0${pem}`);
      const leaked = repository.run();
      expect(leaked.code).toBe(1);
      expect(leaked.out).toContain('server.bin:1:3 error MESH1040');
      expect(leaked.out).not.toContain(pem.split('\n')[1]);
      repository.write('server.bin', 'nothing');
      expect(repository.run().code).toBe(1);
      repository.stage('server.bin', 'nothing');
      expect(repository.run().code).toBe(0);
    },
    10 * minute,
  );
});
