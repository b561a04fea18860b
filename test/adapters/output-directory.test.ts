import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { outputDirectory } from '../../src/adapters/output-directory.ts';
import { writeRepositoryFile } from '../../src/adapters/repository-file.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'meshwright-output-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const mode = (file: string): string => (statSync(file).mode & 0o777).toString(8);

test('a relative path that leads out is refused, by dots or by a link', async () => {
  symlinkSync(tmpdir(), path.join(root, 'elsewhere'));
  await expect(outputDirectory(root, '../x')).rejects.toThrow('leads out of the repository');
  await expect(outputDirectory(root, 'elsewhere/x')).rejects.toThrow('leads out of the repository');
  mkdirSync(path.join(root, 'inside'));
  symlinkSync('inside', path.join(root, 'link'));
  expect((await outputDirectory(root, 'link')).path).toBe(path.join(root, 'inside'));
});

test('a folder of a Git directory is refused, by its name, by a link, or as a bare repository', async () => {
  mkdirSync(path.join(root, '.git/hooks'), { recursive: true });
  mkdirSync(path.join(root, 'a'));
  symlinkSync('.git/hooks', path.join(root, 'link'));
  for (const folder of ['bare/objects', 'bare/refs']) mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, 'bare/HEAD'), 'ref: refs/heads/main\n');
  for (const name of ['.git', '.git/x', '.GIT/x', 'a/../.git/x', 'link', 'link/x', 'bare', 'bare/x/y'])
    await expect(outputDirectory(root, name), name).rejects.toThrow('lies in the Git directory');
  for (const name of ['.github', 'a/.gitx', 'x.git'])
    await expect(outputDirectory(root, name), name).resolves.toBeDefined();
});

test('a file of the repository is not written through a link into a Git directory', async () => {
  mkdirSync(path.join(root, '.git/hooks'), { recursive: true });
  symlinkSync('.git/hooks', path.join(root, 'link'));
  await expect(writeRepositoryFile(root, 'link/pre-commit', 'x')).rejects.toThrow(
    'lies in the Git directory',
  );
  expect(existsSync(path.join(root, '.git/hooks/pre-commit'))).toBe(false);
  await writeRepositoryFile(root, '.github/workflows/mesh.yaml', 'x');
});

test('paths inside the directory never lead out', async () => {
  const directory = await outputDirectory(root, 'out');
  mkdirSync(path.join(root, 'out'));
  symlinkSync('/etc', path.join(root, 'out/proxies'));
  for (const bad of ['../x', '/etc/passwd', 'a/../../x', 'a//b', 'proxies/x', 'a\0b']) {
    await expect(directory.replaceFile(bad, 'x'), bad).rejects.toThrow();
  }
  await expect(directory.createFolder('revisions/1', [{ path: '../../x', text: '' }])).rejects.toThrow(
    'leads out',
  );
});

test('secrets are readable only for their owner, other files also for proxies', async () => {
  const directory = await outputDirectory(root, 'out');
  await directory.replaceFile('.mesh/state.json', '{}', { secret: true });
  await directory.createFolder('secrets/.revisions/1', [{ path: 'a.json', text: 'key' }], { secret: true });
  await directory.createFolder('revisions/1', [{ path: 'b/c.json', text: 'c' }]);
  const at = (file: string): string => path.join(root, 'out', file);
  for (const folder of ['.mesh', 'secrets', 'secrets/.revisions', 'secrets/.revisions/1'])
    expect(mode(at(folder)), folder).toBe('700');
  for (const file of ['.mesh/state.json', 'secrets/.revisions/1/a.json'])
    expect(mode(at(file)), file).toBe('600');
  expect(mode(at('.'))).toBe('755');
  expect(mode(at('revisions/1/b'))).toBe('755');
  expect(mode(at('revisions/1/b/c.json'))).toBe('644');
});

test('a link is repointed atomically, and leftovers of a killed run do no harm', async () => {
  const directory = await outputDirectory(root, 'out');
  await directory.pointLink('config/current', '../revisions/1');
  symlinkSync('/etc/passwd', path.join(root, 'out/config/current.new'));
  await directory.pointLink('config/current', '../revisions/2');
  expect(readlinkSync(path.join(root, 'out/config/current'))).toBe('../revisions/2');
  expect((await directory.entries('config')).map(({ name }) => name)).toEqual(['current']);
});

test('a folder is written whole and replaces leftovers of a killed run', async () => {
  const directory = await outputDirectory(root, 'out');
  await directory.createFolder('revisions/1', [{ path: 'old.json', text: 'old' }]);
  await directory.createFolder('revisions/1', [{ path: 'new.json', text: 'new' }]);
  expect((await directory.entries('revisions/1')).map(({ name }) => name)).toEqual(['new.json']);
});

test('while a file is replaced, a reader sees the whole old or the whole new text', async () => {
  const directory = await outputDirectory(root, 'out');
  const texts = ['a', 'b'].map((letter) => letter.repeat(2_000_000));
  await directory.replaceFile('config/a.json', texts[0] ?? '');
  const writes = async (): Promise<void> => {
    for (let i = 1; i <= 20; i++) await directory.replaceFile('config/a.json', texts[i % 2] ?? '');
  };
  const reads = async (): Promise<void> => {
    for (let i = 0; i < 100; i++) expect(texts).toContain(await directory.read('config/a.json'));
  };
  await Promise.all([writes(), reads()]);
});

test('a compressed text is read back unchanged', async () => {
  const directory = await outputDirectory(root, 'out');
  const text = 'grüße '.repeat(1000);
  await directory.replaceFile('.mesh/x.json.gz', text, { compressed: true, secret: true });
  expect(readFileSync(path.join(root, 'out/.mesh/x.json.gz')).length).toBeLessThan(500);
  expect(await directory.read('.mesh/x.json.gz', { compressed: true })).toBe(text);
  expect(await directory.read('.mesh/none')).toBeUndefined();
});

test('an output path that is a file gets an error that says so', async () => {
  writeFileSync(path.join(root, 'out'), '');
  const directory = await outputDirectory(root, 'out');
  await expect(directory.entries('.')).rejects.toThrow('ENOTDIR');
});
