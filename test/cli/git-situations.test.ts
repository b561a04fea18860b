import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Repository, shop } from './repository.ts';

const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));
const limit = { timeout: 120_000 };

const meshOnly = {
  'mesh.yaml': `apiVersion: mesh/v1
kind: Mesh
metadata: {name: shop}
spec:
  trustDomain: shop.example
  targets:
    local: {platform: envoy, output: {directory: live}}
`,
  '.gitignore': 'live/\n',
};

const slower = shop['mesh.yaml']!.replace('3s', '4s');

interface Head {
  readonly head: { readonly commit?: string; readonly dirty?: boolean; readonly changes?: readonly object[] };
  readonly planId: string;
}

function plan(repository: Repository, ...args: readonly string[]): Head {
  const { code, out, error } = repository.mesh(['plan', '--format', 'json', ...args]);
  expect(code, error).toBe(0);
  return JSON.parse(out) as Head;
}

describe('a commit that does not hold what is applied', () => {
  test.each(['--skip-worktree', '--assume-unchanged'])(
    'is known although %s hides it from Git',
    limit,
    (flag) => {
      const repository = new Repository(shop).committed();
      repository.git('update-index', flag, 'mesh.yaml');
      repository.write('mesh.yaml', slower);
      expect(repository.git('status', '--porcelain')).toBe('');
      expect(plan(repository).head).toMatchObject({
        dirty: true,
        changes: [{ file: 'mesh.yaml', change: 'content' }],
      });
      const applied = repository.mesh(['apply', '--yes']);
      expect(applied.code).toBe(64);
      expect(applied.error).toMatch(
        /has uncommitted changes \(of \w{12} mesh\.yaml differs\).*--allow-dirty/s,
      );
    },
  );

  test('is known in a sparse checkout, which lacks files of the spec', limit, () => {
    const repository = new Repository({
      'mesh.yaml': shop['mesh.yaml']!,
      'services.yaml': shop['services.yaml']!,
      'rules/routes.yaml': shop['routes.yaml']!,
    }).committed();
    repository.git('sparse-checkout', 'set', '--cone', 'other');
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(plan(repository).head).toMatchObject({
      dirty: true,
      changes: [{ file: 'rules/routes.yaml', change: 'missing' }],
    });
    expect(repository.mesh(['plan']).out).toContain('(rules/routes.yaml is missing here)');
  });

  test('is known for line endings that Git converts', limit, () => {
    const repository = new Repository(shop).committed();
    repository.git('config', 'core.autocrlf', 'true');
    rmSync(path.join(repository.root, 'mesh.yaml'));
    repository.git('checkout', '--', 'mesh.yaml');
    expect(readFileSync(path.join(repository.root, 'mesh.yaml'), 'utf8')).toContain('\r\n');
    expect(repository.git('status', '--porcelain')).toBe('');
    expect(plan(repository).head.changes).toEqual([{ file: 'mesh.yaml', change: 'line-endings' }]);
  });

  test('is known for a file that is in no commit', limit, () => {
    const repository = new Repository({ ...shop, 'routes.yaml': '' }).committed();
    repository.write('more.yaml', shop['routes.yaml']!);
    expect(plan(repository).head.changes).toEqual([{ file: 'more.yaml', change: 'added' }]);
  });

  test('is not seen in files of which nothing is applied', limit, () => {
    const repository = new Repository({ ...shop, 'README.md': 'a' }).committed();
    repository.write('README.md', 'b');
    repository.write('notes.txt', 'c');
    expect(plan(repository).head.dirty).toBe(false);
  });

  test('has the plan id of the working tree when the content is the same', limit, () => {
    const repository = new Repository(shop).committed();
    repository.write('mesh.yaml', slower);
    repository.git('commit', '--quiet', '--all', '--message', 'slower');
    repository.git('update-index', '--assume-unchanged', 'mesh.yaml');
    for (const base of [[], ['--base', 'HEAD~1']]) {
      const here = plan(repository, ...base);
      expect(here.head.dirty).toBe(false);
      expect(plan(repository, ...base, '--revision', 'HEAD').planId).toBe(here.planId);
    }
    repository.write('mesh.yaml', slower.replace('4s', '5s'));
    expect(plan(repository).planId).not.toBe(plan(repository, '--revision', 'HEAD').planId);
  });
});

const hook = `#!/bin/sh\ncd mesh && exec '${process.execPath}' '${bin}' validate --staged\n`;
const inFolder = Object.fromEntries(Object.entries(meshOnly).map(([name, text]) => [`mesh/${name}`, text]));

/** Lets Git commit in a folder, with the hook; answers what it ended with. */
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
  /** `git commit`, `-a` and FILE each have an index of their own; a broken spec is refused in each. */
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
    // The commit of one file alone doesn't hold the broken one.
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

  test('the index of another repository that a hook names is not this one', limit, () => {
    const repository = new Repository(meshOnly).committed();
    const other = new Repository({ 'mesh.yaml': 'kind: Nothing\n' }).committed();
    const env = { GIT_INDEX_FILE: path.join(other.root, '.git/index') };
    for (const more of [{}, { GIT_DIR: path.join(other.root, '.git') }])
      expect(repository.mesh(['validate', '--staged'], { env: { ...env, ...more } })).toMatchObject({
        code: 0,
      });
  });
});

const ignored = {
  ...meshOnly,
  '.gitignore': 'live/\nignored.yaml\n',
  'ignored.yaml': 'apiVersion: mesh/v1\nkind: Rout\n',
};

describe('a repository that Git cannot use is never taken for none', () => {
  const git = (repository: Repository, ...names: readonly string[]): string =>
    path.join(repository.root, '.git', ...names);

  test.each<[string, RegExp, (repository: Repository) => void]>([
    ['HEAD of no form', /HEAD is damaged/, (one) => writeFileSync(git(one, 'HEAD'), 'nothing\n')],
    ['no HEAD', /HEAD is damaged \(there is none\)/, (one) => rmSync(git(one, 'HEAD'))],
    ['no refs', /refs is damaged/, (one) => rmSync(git(one, 'refs'), { recursive: true })],
    ['bad settings', /bad config line 1/, (one) => writeFileSync(git(one, 'config'), 'nothing at all\n')],
    [
      'a newer format',
      /format version 7/,
      (one) => void one.git('config', 'core.repositoryFormatVersion', '7'),
    ],
    ['a corrupted index', /index file/, (one) => writeFileSync(git(one, 'index'), 'DIRC nothing')],
    [
      'a gitfile of no form',
      /invalid gitfile format/,
      (one) => {
        rmSync(git(one), { recursive: true });
        writeFileSync(git(one), 'nothing\n');
      },
    ],
    [
      'a gitfile that leads nowhere',
      /which is gone/,
      (one) => {
        rmSync(git(one), { recursive: true });
        writeFileSync(git(one), 'gitdir: ../gone\n');
      },
    ],
    [
      'bare settings',
      /is a bare Git repository \(core\.bare\)/,
      (one) => void one.git('config', 'core.bare', 'true'),
    ],
  ])('%s', limit, (_, says, damage) => {
    const repository = new Repository(ignored).committed();
    damage(repository);
    for (const args of [['validate'], ['validate', '--staged'], ['apply', '--yes'], ['keys', 'check']]) {
      const ran = repository.mesh(args);
      expect({ args, code: ran.code, out: ran.out }).toEqual({ args, code: 15, out: '' });
      expect(ran.error).toMatch(says);
      expect(ran.error).toMatch(/^mesh: [^\n]*\n$/);
    }
  });

  test.each([
    'HEAD',
    'config',
    'index',
    'packed-refs',
    'info/exclude',
    'refs/heads/main',
    'objects/info/alternates',
  ])('a named pipe as %s is not waited for', limit, (name) => {
    const repository = new Repository(meshOnly).committed();
    rmSync(git(repository, name), { force: true });
    execFileSync('mkfifo', [git(repository, name)]);
    const ran = repository.mesh(['validate']);
    expect(ran).toMatchObject({ code: 15, out: '' });
    expect(ran.error).toContain('is not a regular file');
  });

  test('a branch that leads to no commit', limit, () => {
    const repository = new Repository(meshOnly).committed();
    writeFileSync(git(repository, 'refs/heads/main'), 'nothing\n');
    const ran = repository.mesh(['plan']);
    expect(ran.code).toBe(15);
    expect(ran.error).toMatch(/git rev-parse HEAD/);
  });

  test.runIf(process.getuid?.() === 0)(
    'of another user, as Git says and safe.directory puts right',
    limit,
    () => {
      const repository = new Repository(ignored).committed();
      chownSync(repository.root, 4711, 4711);
      for (const args of [['validate'], ['apply', '--yes'], ['validate', '--staged'], ['keys', 'check']]) {
        const ran = repository.mesh(args);
        expect({ args, code: ran.code }).toEqual({ args, code: 15 });
        expect(ran.error).toContain(`detected dubious ownership in repository at '${repository.root}'`);
        expect(ran.error).toContain(`git config --global --add safe.directory '${repository.root}'`);
      }
      repository.write('home/.gitconfig', `[safe]\n\tdirectory = ${repository.root}\n`);
      const env = { HOME: path.join(repository.root, 'home') };
      expect(repository.mesh(['validate'], { env })).toMatchObject({ code: 0 });
      repository.write('home/.gitconfig', `[safe]\n\tdirectory = ${repository.root}\n\tdirectory =\n`);
      expect(repository.mesh(['validate'], { env })).toMatchObject({ code: 15 });
      // What the repository says of itself counts for nothing.
      execFileSync('git', ['config', '--file', git(repository, 'config'), 'safe.directory', '*']);
      expect(repository.mesh(['validate'])).toMatchObject({ code: 15 });
    },
  );

  test('without Git on the PATH, which a folder without a repository does not need', limit, () => {
    const repository = new Repository(ignored).committed();
    const env = { PATH: '/nonexistent' };
    const ran = repository.mesh(['validate'], { env });
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.error).toMatch(/Git was not found on the PATH.*install Git.*'mesh validate -'/);
    const bare = new Repository(meshOnly);
    expect(bare.mesh(['validate'], { env })).toMatchObject({ code: 0 });
  });

  test('before the first commit there is nothing wrong', limit, () => {
    const repository = new Repository(ignored);
    repository.git('init', '--quiet');
    expect(repository.mesh(['validate'])).toMatchObject({ code: 0, error: '' });
    expect(repository.mesh(['validate', '--staged']).code).toBe(3);
    expect(repository.mesh(['apply', '--yes']).error).toContain('is in no Git commit');
  });

  test('a bare repository as the root names --repo, which reads it', limit, () => {
    const repository = new Repository(meshOnly).committed();
    repository.git('clone', '--quiet', '--bare', '.', 'bare.git');
    rmSync(git(repository), { recursive: true });
    const ran = repository.mesh(['validate', '--revision', 'HEAD', '--root', 'bare.git']);
    expect(ran.code).toBe(15);
    const named = /--repo (\S+) reads/.exec(ran.error)?.[1] ?? '';
    expect(repository.mesh(['validate', '--repo', named])).toMatchObject({ code: 0 });
    expect(repository.mesh(['validate', '--repo', `file://${named}`, '--revision', 'main'])).toMatchObject({
      code: 0,
    });
  });

  test('private keys are not written where Git cannot tell whether it tracks them', limit, () => {
    const mesh = `${meshOnly['mesh.yaml']}  certificates: {root: {keys: file}, issuer: {keys: file}}\n`;
    const repository = new Repository({ ...shop, 'mesh.yaml': mesh }).committed();
    expect(repository.mesh(['certs', 'init']).code).toBe(0);
    writeFileSync(git(repository, 'index'), 'DIRC nothing');
    const before = readdirSync(repository.root);
    const ran = repository.mesh(['compile', '--issue', '--out', 'build', '-']);
    expect(ran.code).not.toBe(0);
    mkdirSync(path.join(repository.root, 'k'), { recursive: true });
    expect(repository.mesh(['compile', '--issue', '--out', 'k']).code).toBe(15);
    expect(readdirSync(path.join(repository.root, 'k'))).toEqual([]);
    expect(before).not.toContain('build');
  });
});

describe('a server of --repo that never answers', () => {
  /** A port of this machine that takes connections and says nothing. */
  async function silentServer(): Promise<number> {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => void server.close());
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  }

  /** The processes that have a text in their command line. */
  function running(text: string): readonly string[] {
    return readdirSync('/proc').filter((pid) => {
      try {
        return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text);
      } catch {
        return false;
      }
    });
  }

  const started = (url: string, ...args: readonly string[]) => {
    const child = spawn(process.execPath, [bin, ...args, '--repo', url], {
      env: { PATH: process.env['PATH'], HOME: '/nonexistent' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let error = '';
    child.stderr.on('data', (data: Buffer) => (error += data.toString()));
    const ends = new Promise<{ readonly code: number | null; readonly error: string }>((done) =>
      child.once('close', (code) => done({ code, error })),
    );
    return { child, ends };
  };

  test('is left at --timeout', limit, async () => {
    const url = `http://127.0.0.1:${String(await silentServer())}/timeout.git`;
    const { ends } = started(url, 'validate', '--timeout', '2s');
    const { code, error } = await ends;
    expect({ code, error }).toEqual({ code: 15, error: expect.stringContaining('gave no answer within 2s') });
    expect(running(url)).toEqual([]);
  });

  test.each([
    ['SIGINT', 130, ['validate']],
    ['SIGTERM', 143, ['validate']],
    ['SIGINT', 130, ['status']],
    ['SIGHUP', 129, ['validate']],
  ] as const)('%s ends all of Git (%i): %j', limit, async (signal, code, args) => {
    const url = `http://127.0.0.1:${String(await silentServer())}/${signal}.git`;
    const { child, ends } = started(url, ...args);
    for (let i = 0; running(url).length < 3 && i < 2000; i++) await sleep(10);
    expect(running(url).length).toBeGreaterThanOrEqual(3);
    child.kill(signal);
    expect((await ends).code).toBe(code);
    for (let i = 0; running(url).length > 0 && i < 200; i++) await sleep(10);
    expect(running(url)).toEqual([]);
  });
});

test('nothing of what Git is given stays behind', limit, () => {
  const repository = new Repository(meshOnly).committed();
  const temporary = path.join(repository.root, 'live');
  mkdirSync(temporary);
  for (const args of [['validate'], ['validate', '--staged'], ['plan', '--base', 'HEAD']])
    repository.mesh(args, { env: { TMPDIR: temporary } });
  expect(readdirSync(temporary)).toEqual([]);
  expect(lstatSync(temporary).isDirectory()).toBe(true);
});
