import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { conforming } from './output-schema.ts';
import { Repository, shop, shopStream } from './repository.ts';

const read = (repository: Repository, file: string): string =>
  readFileSync(path.join(repository.root, file), 'utf8');

/** Returns every file below a folder with its text. */
function tree(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => [path.relative(folder, file), readFileSync(file, 'utf8')]),
  );
}

describe('mesh compile', () => {
  test('does not follow a link that leads out of the repository', () => {
    const elsewhere = new Repository({});
    const repository = new Repository({ ...shop, 'docs/notes.txt': '' });
    symlinkSync(elsewhere.root, path.join(repository.root, 'build'));
    const refused = repository.mesh(['compile', '--target', 'local', '--out', 'build/deep']);
    expect([refused.code, refused.error]).toEqual([
      7,
      expect.stringContaining('leads out of the repository'),
    ]);
    expect(existsSync(path.join(elsewhere.root, 'deep'))).toBe(false);
    // The user may use a link that stays inside, or name a folder elsewhere.
    symlinkSync('docs', path.join(repository.root, 'inside'));
    expect(repository.mesh(['compile', '--target', 'local', '--out', 'inside']).code).toBe(0);
    expect(repository.mesh(['compile', '--target', 'local', '--out', elsewhere.root]).code).toBe(0);
  });

  test('writes a folder for a target, with an index of the published shape', () => {
    const repository = new Repository(shop);
    const ran = repository.mesh(['compile', '--target', 'local', '--out', 'build']);
    expect(ran.code).toBe(0);
    expect(ran.out).toMatch(/^local \(envoy\): \d+ files for 3 proxies in build\/local\n/);
    expect(ran.error).toContain('mesh.yaml:5:16 warning MESH6000');
    const index = conforming('index', read(repository, 'build/local/index.json'));
    expect(index).toMatchObject({ target: 'local', platform: 'envoy', loss: [] });
    expect(index['proxies'].map(({ id }: { id: string }) => id).sort()).toEqual([
      'shop-reviews-v1-0',
      'shop-reviews-v2-0',
      'shop-web-default-0',
    ]);
    for (const { path: file } of index['artifacts']) {
      expect(existsSync(path.join(repository.root, 'build/local', file)), file).toBe(true);
    }
    for (const { bootstrap, workingDirectory } of index['proxies']) {
      expect(existsSync(path.join(repository.root, 'build/local', bootstrap))).toBe(true);
      expect(readlinkSync(path.join(repository.root, 'build/local', workingDirectory, 'sds.json'))).toMatch(
        /^\.\.\/\.\.\/secrets\/current\/.*\.json$/,
      );
    }
  });

  test('fills in the folder and versions; the same input gives the same bytes', () => {
    const repository = new Repository(shop);
    repository.mesh(['compile', '--out', 'build']);
    const first = tree(path.join(repository.root, 'build'));
    repository.mesh(['compile', '--out', 'build']);
    expect(tree(path.join(repository.root, 'build'))).toEqual(first);
    const all = Object.values(first).join('');
    expect(all).not.toMatch(/\$\{(?:DIR|VERSION)\}/);
    expect(all).toContain(`${realpathSync(repository.root)}/build/local/config/current/`);
  });

  test('writes the path of the folder that proxies see', () => {
    const mesh = shop['mesh.yaml']!.replace('{directory: live}', '{path: live, seenAs: /etc/mesh}');
    const repository = new Repository({ ...shop, 'mesh.yaml': mesh });
    repository.mesh(['compile', '--out', 'build']);
    const lds = read(repository, 'build/local/config/current/proxies/shop-web-default-0/bootstrap.json');
    expect(lds).toContain('"/etc/mesh/config/current/');
    expect(lds).not.toContain(repository.root);
  });

  test('streams documents that YAML can read, each after the name of its file', () => {
    const repository = new Repository({});
    const ran = repository.mesh(['compile', '-', '--quiet'], { input: shopStream });
    expect({ code: ran.code, error: ran.error }).toEqual({ code: 0, error: '' });
    const names = ran.out.split('\n').filter((line) => line.startsWith('# '));
    expect(names).toContain('# local/config/current/proxies/shop-web-default-0/bootstrap.json');
    const documents = parseAllDocuments(ran.out);
    expect(documents).toHaveLength(names.length);
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    expect(readdirSync(repository.root)).toEqual([]);
  });

  test('replaces its own output as a whole', () => {
    const repository = new Repository(shop);
    repository.mesh(['compile', '--out', 'build']);
    repository.write('build/local/left-over.json', '{}');
    repository.mesh(['compile', '--out', 'build']);
    expect(existsSync(path.join(repository.root, 'build/local/left-over.json'))).toBe(false);
    expect(readdirSync(path.join(repository.root, 'build'))).toEqual(['local']);
  });

  test('refuses a folder with files that it did not write', () => {
    const repository = new Repository({
      ...shop,
      'a/local/precious.txt': 'x',
      'b/local': 'x',
      'c/local/index.json': '{"formatVersion":"1.0","target":"other"}',
      'd/local/.mesh/state.json': '{}',
    });
    mkdirSync(path.join(repository.root, 'e'));
    symlinkSync('../a/local', path.join(repository.root, 'e/local'));
    const before = tree(repository.root);
    for (const out of ['a', 'b', 'c', 'd', 'e']) {
      const ran = repository.mesh(['compile', '--quiet', '--out', out]);
      expect({ out, code: ran.code, printed: ran.out }).toEqual({ out, code: 7, printed: '' });
      expect(ran.error).toMatch(/^mesh: .*local/);
    }
    expect(tree(repository.root)).toEqual(before);
    expect(lstatSync(path.join(repository.root, 'e/local')).isSymbolicLink()).toBe(true);
  });

  test('a target that the mesh does not have is a usage error', () => {
    const ran = new Repository(shop).mesh(['compile', '--target', 'locale']);
    expect(ran).toEqual({
      code: 64,
      out: '',
      error: 'mesh: the mesh has no target "locale"; did you mean "local"?\n',
    });
  });

  test('writes nothing for a mesh with errors', () => {
    const repository = new Repository({ ...shop, 'routes.yaml': shop['routes.yaml']!.replace('v2', 'v3') });
    const ran = repository.mesh(['compile', '--out', 'build']);
    expect({ code: ran.code, out: ran.out }).toEqual({ code: 3, out: '' });
    expect(existsSync(path.join(repository.root, 'build'))).toBe(false);
  });
});
