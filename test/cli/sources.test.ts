import { execFileSync } from 'node:child_process';
import { readdirSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Repository, shop } from './repository.ts';

const timeout = (repository: Repository, ...args: readonly string[]): string =>
  repository.mesh(['explain', '--origin', 'shop/reviews.timeout', ...args]).out;

const withTimeout = (value: string): string => shop['mesh.yaml']!.replace('3s', value);

describe('the source of a spec', () => {
  test('the working tree, the index and commits are separate sources', () => {
    const repository = new Repository(shop).committed();
    repository.write('mesh.yaml', withTimeout('4s'));
    repository.git('add', 'mesh.yaml');
    repository.write('mesh.yaml', withTimeout('5s'));
    expect(timeout(repository)).toContain('timeout: 5s');
    expect(timeout(repository, '--staged')).toContain('timeout: 4s');
    expect(timeout(repository, '--revision', 'HEAD')).toContain('timeout: 3s');
    expect(repository.git('status', '--porcelain')).toBe('MM mesh.yaml\n');
  });

  test('a pre-commit check reads the content of the next commit', () => {
    const repository = new Repository(shop).committed();
    repository.write('routes.yaml', 'apiVersion: mesh/v1\nkind: Rout\n');
    repository.git('add', 'routes.yaml');
    repository.write('routes.yaml', shop['routes.yaml']!);
    expect(repository.mesh(['validate']).code).toBe(0);
    expect(repository.mesh(['validate', '--staged']).code).toBe(3);
  });

  test('a revision is read from a folder of the repository without a checkout', () => {
    const files = Object.fromEntries(
      Object.entries(shop).map(([file, text]) => [`meshes/shop/${file}`, text]),
    );
    const repository = new Repository(files).committed();
    const folder = path.join(repository.root, 'meshes/shop');
    for (const file of readdirSync(folder)) unlinkSync(path.join(folder, file));
    const ran = repository.mesh(['validate', '--revision', 'main', '--root', 'meshes/shop']);
    expect(ran).toMatchObject({ code: 0, error: '' });
    expect(ran.out).toMatch(/^shop is valid/);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('another repository is fetched, read and removed', () => {
    const other = new Repository(shop).committed();
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('meshwright-repo-'));
    const here = new Repository({});
    expect(here.mesh(['validate', '--repo', other.root])).toMatchObject({ code: 0, error: '' });
    expect(here.mesh(['validate', '--repo', other.root, '--revision', 'main']).code).toBe(0);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('meshwright-repo-'))).toEqual(before);
  });

  test.each([
    [['--revision', 'nosuch'], 15, 'Git knows no commit "nosuch" here'],
    [['--revision', '--upload-pack=touch x'], 15, 'Git knows no commit'],
    [['--repo', '/nosuch'], 15, "HEAD can't be fetched from /nosuch"],
    [['--repo', 'ext::touch x'], 64, 'it takes an address that begins with https://'],
    [['--repo', '--upload-pack=touch x'], 64, 'it takes an address that begins with https://'],
    [['--repo', '-utouch x'], 64, 'it takes an address that begins with https://'],
    [['--repo', 'git://127.0.0.1/r.git'], 64, 'it takes an address that begins with https://'],
    [['--repo', 'ssh://-oProxyCommand=touch x/r.git'], 64, 'it takes an address'],
    [['--repo', '-oProxyCommand=touch x:r.git'], 64, 'it takes an address'],
    [['--repo', 'HTTPS::http://127.0.0.1/'], 64, 'it takes an address'],
    [['--repo', 'https://user:secret@127.0.0.1:1/r.git'], 15, 'https://***@127.0.0.1:1/r.git'],
    [['--staged', '--revision', 'HEAD'], 64, '--staged and --revision exclude each other'],
  ])('%j cannot be read: %i', (args, code, says) => {
    const repository = new Repository(shop).committed();
    const ran = repository.mesh(['validate', ...args]);
    expect({ code: ran.code, out: ran.out }).toEqual({ code, out: '' });
    expect(ran.error).toMatch(/^mesh: .*\n$/);
    expect(ran.error).toContain(says);
    expect(ran.error).not.toContain('secret');
    expect(readdirSync(repository.root)).not.toContain('x');
  });

  test('without a mesh.yaml the message says what to do', () => {
    const ran = new Repository({}).mesh(['validate']);
    expect(ran.code).toBe(64);
    expect(ran.error).toMatch(/^mesh: there is no mesh\.yaml .*'mesh init' writes one/);
  });

  test('the root is searched upwards', () => {
    const repository = new Repository({ ...shop, 'teams/a/notes.txt': '' });
    const ran = repository.mesh(['validate'], { cwd: path.join(repository.root, 'teams/a') });
    expect(ran).toMatchObject({ code: 0, error: '' });
  });

  test('--env merges the overlays of an environment', () => {
    const overlay =
      'apiVersion: mesh/v1\nkind: Mesh\nmetadata: {name: shop}\nspec: {defaults: {timeout: 9s}}\n';
    const repository = new Repository({ ...shop, 'environments/prod/mesh.yaml': overlay });
    expect(timeout(repository)).toContain('timeout: 3s\n  mesh.yaml:6:');
    expect(timeout(repository, '--env', 'prod')).toContain('timeout: 9s\n  environments/prod/mesh.yaml:4:');
    const unknown = repository.mesh(['validate', '--env', 'prd']);
    expect(unknown.code).toBe(3);
    expect(unknown.error.replace(/\s+/g, ' ')).toMatch(/there is no environment "?prd"?.*prod/);
  });

  test('files that Git ignores, output of targets and folders with their own mesh are not part of the spec', () => {
    const broken = 'apiVersion: mesh/v1\nkind: Nothing\n';
    const repository = new Repository({
      ...shop,
      '.gitignore': 'ignored/\n',
      'ignored/a.yaml': broken,
      'live/a.yaml': broken,
      'other/mesh.yaml': broken,
      'other/a.yaml': broken,
      '.hidden/a.yaml': broken,
    }).committed();
    expect(repository.mesh(['validate'])).toMatchObject({ code: 0, error: '' });
    expect(repository.mesh(['validate', '--revision', 'HEAD'])).toMatchObject({ code: 0, error: '' });
    repository.write('read.yaml', broken);
    expect(repository.mesh(['validate']).code).toBe(3);
  });

  test('a link that leads out of the root and a file that is too large are findings, and are not read', () => {
    const outside = new Repository({ 'secret.yaml': 'password: hunter2\n' });
    const repository = new Repository(shop);
    symlinkSync(path.join(outside.root, 'secret.yaml'), path.join(repository.root, 'link.yaml'));
    writeFileSync(path.join(repository.root, 'large.yaml'), '');
    truncateSync(path.join(repository.root, 'large.yaml'), 33 * 1024 * 1024);
    const ran = repository.mesh(['validate']);
    expect(ran.code).toBe(3);
    expect(ran.error).toContain('link.yaml:1:1 error MESH1021');
    expect(ran.error).toContain('large.yaml:1:1 error MESH1020');
    expect(ran.error).not.toContain('hunter2');
  });

  test('hostile names of files, documents and branches are escaped on the terminal', () => {
    const name = 'a\u001b[31m\n$(touch owned);`id`.yaml';
    const repository = new Repository({
      ...shop,
      [name]: 'apiVersion: mesh/v1\nkind: "\\e[2J\\u202e"\n',
    }).committed();
    for (const args of [[], ['--staged'], ['--revision', 'HEAD']]) {
      const ran = repository.mesh(['validate', ...args]);
      expect(ran.code).toBe(3);
      expect(ran.error).toContain('a\\x1b[31m\\n$(touch owned);`id`.yaml:2:7 error MESH1121');
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not get through
      expect(ran.out + ran.error).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202e]/);
    }
    expect(readdirSync(repository.root)).not.toContain('owned');
  });

  test('hooks and settings of a repository run nothing', () => {
    const repository = new Repository(shop).committed();
    const owned = path.join(repository.root, 'owned');
    repository.git('config', 'core.fsmonitor', `touch ${owned}`);
    repository.git('config', 'core.sshCommand', `touch ${owned}`);
    repository.mesh(['validate']);
    repository.mesh(['validate', '--staged']);
    repository.mesh(['validate', '--revision', 'HEAD']);
    expect(readdirSync(repository.root)).not.toContain('owned');
    execFileSync('git', ['config', '--unset', 'core.fsmonitor'], { cwd: repository.root });
  });
});
