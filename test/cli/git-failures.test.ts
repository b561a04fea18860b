import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { meshOnly } from './mesh-only.ts';
import { Repository, shop } from './repository.ts';

const limit = { timeout: 120_000 };

const ignored = {
  ...meshOnly,
  '.gitignore': 'live/\nignored.yaml\n',
  'ignored.yaml': 'apiVersion: mesh/v1\nkind: Rout\n',
};

describe('a repository that Git cannot use is never treated as a missing one', () => {
  const git = (repository: Repository, ...names: readonly string[]): string =>
    path.join(repository.root, '.git', ...names);

  test.each<[string, RegExp, (repository: Repository) => void]>([
    ['a HEAD without a valid form', /HEAD is damaged/, (one) => writeFileSync(git(one, 'HEAD'), 'nothing\n')],
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
      'a gitfile without a valid form',
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

  test.each([
    ['.gitignore', '.gitignore'],
    ['sub/.gitignore', '.gitignore'],
    ['sub/.git/HEAD', 'HEAD'],
    ['sub/.git/commondir', 'commondir'],
    ['.git/refs/heads/other', 'other'],
  ])('a named pipe as %s is not waited for', limit, (name, said) => {
    const repository = new Repository(meshOnly).committed();
    const file = path.join(repository.root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    if (name.endsWith('commondir'))
      writeFileSync(path.join(path.dirname(file), 'HEAD'), 'ref: refs/heads/x\n');
    rmSync(file, { force: true });
    execFileSync('mkfifo', [file]);
    const isRef = name.includes('refs');
    for (const args of isRef
      ? [['validate', '--revision', 'other']]
      : [['validate'], ['keys', 'check'], ['init']]) {
      const ran = repository.mesh(args);
      // init writes .gitignore, so it meets the pipe before Git does.
      const code = args[0] === 'init' && name === '.gitignore' ? 1 : 15;
      expect({ args, code: ran.code, out: ran.out }).toEqual({ args, code, out: '' });
      expect(ran.error).toContain(`${said} is`);
      expect(ran.error).toContain('a named pipe');
    }
  });

  test('the .git file of a folder can lead to a named pipe', limit, () => {
    const repository = new Repository(meshOnly).committed();
    mkdirSync(path.join(repository.root, 'elsewhere'));
    mkdirSync(path.join(repository.root, 'sub'));
    writeFileSync(path.join(repository.root, 'sub/.git'), 'gitdir: ../elsewhere\n');
    execFileSync('mkfifo', [path.join(repository.root, 'elsewhere/HEAD')]);
    expect(repository.mesh(['validate'])).toMatchObject({ code: 15, out: '' });
  });

  test('a commit of a few objects that represent 10^10 files is an error that names the limit', limit, () => {
    const repository = new Repository(meshOnly).committed();
    const tree = (lines: readonly string[]): string =>
      execFileSync('git', ['mktree'], {
        cwd: repository.root,
        input: lines.join('\n'),
        encoding: 'utf8',
      }).trim();
    let entry = `100644 blob ${repository.git('rev-parse', 'HEAD:mesh.yaml').trim()}`;
    for (let depth = 0; depth < 10; depth++)
      entry = `040000 tree ${tree(Array.from({ length: 10 }, (_, i) => `${entry}\tn${String(i)}`))}`;
    const top = tree([repository.git('ls-tree', 'HEAD').trim(), `${entry}\tbomb`]);
    repository.git('update-ref', 'refs/heads/bomb', repository.git('commit-tree', '-m', 'b', top).trim());
    for (const args of [
      ['validate', '--revision', 'bomb'],
      ['keys', 'check', '--revision', 'bomb'],
      ['plan', '--base', 'bomb'],
    ]) {
      const ran = repository.mesh(args);
      expect({ args, code: ran.code, out: ran.out }).toEqual({ args, code: 1, out: '' });
      expect(ran.error).toContain('Git lists more than 1000000 files');
    }
  });

  test.each(['^HEAD', 'HEAD..HEAD', '^HEAD HEAD'])('%s is no commit', limit, (name) => {
    const repository = new Repository(meshOnly).committed();
    for (const args of [
      ['validate', '--revision', name],
      ['plan', '--base', name],
    ]) {
      const ran = repository.mesh(args);
      expect({ args, code: ran.code }).toEqual({ args, code: 15 });
      expect(ran.error).toContain(`Git knows no commit "${name}"`);
    }
  });

  test('a branch can lead to no commit', limit, () => {
    const repository = new Repository(meshOnly).committed();
    writeFileSync(git(repository, 'refs/heads/main'), 'nothing\n');
    const ran = repository.mesh(['plan']);
    expect(ran.code).toBe(15);
    expect(ran.error).toMatch(/git rev-parse HEAD/);
  });

  test.runIf(process.getuid?.() === 0)(
    'a repository of another user is refused as Git does, until safe.directory names it',
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
      // The repository's own list of safe directories has no effect.
      execFileSync('git', ['config', '--file', git(repository, 'config'), 'safe.directory', '*']);
      expect(repository.mesh(['validate'])).toMatchObject({ code: 15 });
    },
  );

  test('without Git on the PATH only a folder without a repository works', limit, () => {
    const repository = new Repository(ignored).committed();
    const env = { PATH: '/nonexistent' };
    const ran = repository.mesh(['validate'], { env });
    expect(ran).toMatchObject({ code: 1, out: '' });
    expect(ran.error).toMatch(/Git was not found on the PATH.*install Git.*'mesh validate -'/);
    const bare = new Repository(meshOnly);
    expect(bare.mesh(['validate'], { env })).toMatchObject({ code: 0 });
  });

  test('before the first commit no error is reported', limit, () => {
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

  test('private keys are not written if Git cannot tell whether it tracks them', limit, () => {
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

test('no temporary file for Git remains', limit, () => {
  const repository = new Repository(meshOnly).committed();
  const temporary = path.join(repository.root, 'live');
  mkdirSync(temporary);
  for (const args of [['validate'], ['validate', '--staged'], ['plan', '--base', 'HEAD']])
    repository.mesh(args, { env: { TMPDIR: temporary } });
  expect(readdirSync(temporary)).toEqual([]);
});
