import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSpecStore } from '../../src/adapters/open-spec-store.ts';
import { standardInputStore } from '../../src/adapters/standard-input-store.ts';
import { loadMesh } from '../../src/commands/load-mesh.ts';
import { canonicalJson } from '../../src/core/lib/canonical-json.ts';
import type { SpecStore, StoreChoice } from '../../src/ports/spec-store.ts';
import { Repository, shop } from '../cli/repository.ts';

/** The stores that read folders, each opened on a repository whose working tree, index and last commit are the same. */
const folderStores = {
  'the working tree': (root) => ({ root }),
  'the index': (root) => ({ root, staged: true }),
  'a revision': (root) => ({ root, revision: 'HEAD' }),
  'a remote': (root) => ({ repo: root }),
} as const satisfies Readonly<Record<string, (root: string) => StoreChoice>>;

const gitStores = ['the index', 'a revision', 'a remote'] as const;
const today = '2026-01-31';

type FolderStore = keyof typeof folderStores;

async function opened(name: FolderStore, root: string): Promise<SpecStore> {
  const { store, dispose } = await openSpecStore(folderStores[name](root));
  onTestFinished(dispose);
  return store;
}

/** Returns the files of a spec: the text of each, or the reason why it could not be read. */
async function content(name: FolderStore, root: string) {
  const { sources } = await loadMesh(await opened(name, root), { today });
  return {
    files: Object.fromEntries(
      sources.sources.map(({ file, bytes }) => [file, Buffer.from(bytes).toString()]),
    ),
    order: sources.sources.map(({ file }) => file),
    unreadable: sources.unreadable.map(({ file, problem }) => ({ file, problem })),
  };
}

const ignoring = { ...shop, '.gitignore': 'ignored/\n*.tmp.yaml\n' };

describe.each(Object.keys(folderStores) as FolderStore[])('%s', (name) => {
  test('holds every file of the spec, byte for byte, in order of name', async () => {
    const bytes = '\ufeff# grüße\r\napiVersion: v1\r\nkind: ConfigMap\r\n';
    const files = { ...shop, 'b/c.yml': bytes, 'b.yaml': 'a: 1', 'Z.yaml': '', 'ü/ n\n.yaml': '' };
    const repository = new Repository(files).committed();
    const read = await content(name, repository.root);
    expect(read.files).toEqual(files);
    expect(read.order).toEqual(Object.keys(files).sort());
    expect(read.unreadable).toEqual([]);
  });

  test('leaves out dot-folders, ignored files, other kinds of files and nested meshes', async () => {
    const repository = new Repository({
      ...ignoring,
      '.github/workflows/ci.yaml': 'on: push',
      'a/.hidden/b.yaml': 'a: 1',
      'notes.txt': 'a',
      'a.yaml.bak': 'a',
      'other/mesh.yaml': 'a: 1',
      'other/a.yaml': 'a: 1',
      'other/below/a.yaml': 'a: 1',
    }).committed();
    repository.write('ignored/a.yaml', 'a: 1');
    repository.write('x.tmp.yaml', 'a: 1');
    expect((await content(name, repository.root)).files).toEqual(shop);
  });

  test('includes added files although they are ignored', async () => {
    const repository = new Repository(ignoring).committed();
    repository.write('ignored/kept.yaml', 'a: 1');
    repository.git('add', '--force', 'ignored/kept.yaml');
    repository.git('commit', '--quiet', '--message', 'kept');
    expect((await content(name, repository.root)).order).toContain('ignored/kept.yaml');
  });

  test('does not have a removed file', async () => {
    const repository = new Repository(shop).committed();
    repository.git('rm', '--quiet', 'access.yaml');
    repository.git('commit', '--quiet', '--message', 'gone');
    expect(Object.keys((await content(name, repository.root)).files)).not.toContain('access.yaml');
  });

  test('reads the targets of symbolic links, and follows none out of the root', async () => {
    const outside = new Repository({ 'secret.yaml': 'password: hunter2' });
    const repository = new Repository({ ...shop, 'texts/a.txt': 'a: 1' });
    mkdirSync(path.join(repository.root, 'links'));
    const link = (target: string, at: string): void => symlinkSync(target, path.join(repository.root, at));
    link('../texts/a.txt', 'links/text.yaml');
    link('../routes.yaml', 'links/known-by-its-own-name.yaml');
    link('text.yaml', 'links/twice.yaml');
    link('../../secret.yaml', 'links/dots.yaml');
    link(path.join(outside.root, 'secret.yaml'), 'links/absolute.yaml');
    link('nowhere', 'links/nowhere.yaml');
    link('round.yaml', 'links/round.yaml');
    link('../texts', 'links/folder.yaml');
    writeFileSync(path.join(repository.root, '../secret.yaml'), 'password: hunter2');
    onTestFinished(() => rmSync(path.join(repository.root, '../secret.yaml'), { force: true }));
    const read = await content(name, repository.committed().root);
    expect(read.files).toEqual({ ...shop, 'links/text.yaml': 'a: 1', 'links/twice.yaml': 'a: 1' });
    expect(read.unreadable).toEqual([
      { file: 'links/absolute.yaml', problem: 'outside-root' },
      { file: 'links/dots.yaml', problem: 'outside-root' },
      { file: 'links/folder.yaml', problem: 'not-a-file' },
      { file: 'links/nowhere.yaml', problem: 'unreadable' },
      { file: 'links/round.yaml', problem: 'unreadable' },
    ]);
  });

  test('refuses a file that is too large without reading it', async () => {
    const repository = new Repository({ ...shop, 'large.yaml': '#'.repeat(33 * 1024 * 1024) }).committed();
    const store = await opened(name, repository.root);
    const large = (await store.list()).find(({ file }) => file === 'large.yaml');
    expect(large?.size).toBe(33 * 1024 * 1024);
    expect((await content(name, repository.root)).unreadable).toEqual([
      { file: 'large.yaml', problem: 'too-large' },
    ]);
  });

  test('returns single files of any kind, and undefined for a missing one', async () => {
    const repository = new Repository({ ...shop, 'trust.pem': 'PEM', 'a/b.txt': 'b' }).committed();
    const store = await opened(name, repository.root);
    const text = async (file: string): Promise<string | undefined> => {
      const bytes = await store.file(file);
      return bytes && Buffer.from(bytes).toString();
    };
    expect([await text('trust.pem'), await text('a/b.txt')]).toEqual(['PEM', 'b']);
    expect([await text('none'), await text('a/b.txt/c'), await text('../mesh.yaml')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    await expect(text('a'), 'a folder is not an absent file').rejects.toThrow("a can't be read");
  });

  test('never treats an unreadable file as a missing one', async () => {
    const repository = new Repository({ ...shop, 'folder/trust.pem': 'PEM' });
    const links = { away: '/etc/passwd', nowhere: 'none', folder2: 'folder', round: 'round' };
    for (const [link, target] of Object.entries(links)) symlinkSync(target, path.join(repository.root, link));
    const store = await opened(name, repository.committed().root);
    for (const file of ['folder', ...Object.keys(links)])
      await expect(store.file(file), file).rejects.toThrow(`${file} can't be read`);
    expect(await store.file('../mesh.yaml').catch(() => undefined)).toBeUndefined();
  });

  test('knows the commit that is read, if there is one', async () => {
    const repository = new Repository(shop).committed();
    const head = repository.git('rev-parse', 'HEAD').trim();
    const commit = await (await opened(name, repository.root)).commit();
    expect(commit).toEqual(name === 'the index' ? undefined : { id: head, dirty: false });
  });
});

describe.each(['the working tree', 'the index', 'a revision'] as const)(
  'in a folder of the repository, %s',
  (name) => {
    test('has the files of the folder, with paths relative to it', async () => {
      const below = Object.fromEntries(Object.entries(shop).map(([file, text]) => [`m/x/${file}`, text]));
      const repository = new Repository({ ...below, 'm/xy.yaml': 'a: 1', 'm/a.yaml': 'a: 1' }).committed();
      expect((await content(name, path.join(repository.root, 'm/x'))).files).toEqual(shop);
    });
  },
);

test('the working tree, the index and a revision can have different content', async () => {
  const repository = new Repository(shop).committed();
  repository.write('new.yaml', 'a: 1');
  repository.git('rm', '--quiet', '--cached', 'access.yaml');
  rmSync(path.join(repository.root, 'routes.yaml'));
  const names = async (name: FolderStore): Promise<readonly string[]> =>
    (await content(name, repository.root)).order;
  expect(await names('the working tree')).toEqual(['access.yaml', 'mesh.yaml', 'new.yaml', 'services.yaml']);
  expect(await names('the index')).toEqual(['mesh.yaml', 'routes.yaml', 'services.yaml']);
  expect(await names('a revision')).toEqual(Object.keys(shop).sort());
  expect(await (await opened('the working tree', repository.root)).commit()).toMatchObject({ dirty: true });
});

test('a file of the index with an unresolved merge is unreadable', async () => {
  const repository = new Repository(shop).committed();
  const changed = (text: string, ...git: readonly string[]): void => {
    repository.git('checkout', '--quiet', ...git);
    repository.write('routes.yaml', text);
    repository.git('commit', '--quiet', '--all', '--message', text);
  };
  changed('# one', '-b', 'one');
  changed('# other', '-b', 'other', 'main');
  expect(() => repository.git('merge', '--quiet', 'one')).toThrow();
  const { files, unreadable } = await content('the index', repository.root);
  expect(Object.keys(files)).not.toContain('routes.yaml');
  expect(unreadable).toEqual([{ file: 'routes.yaml', problem: 'unreadable' }]);
});

test('without Git the whole working tree is read', async () => {
  const repository = new Repository({ ...ignoring, 'ignored/a.yaml': 'a: 1', 'node_modules/a.yaml': 'a: 1' });
  expect((await content('the working tree', repository.root)).order).toEqual(
    ['ignored/a.yaml', ...Object.keys(shop)].sort(),
  );
});

test.each([...gitStores, 'the working tree'] as const)(
  'standard input means the same as %s with the same documents',
  async (name) => {
    const texts = Object.values(shop);
    const whole = standardInputStore(chunks(Buffer.from(texts.join('---\n')), 7));
    const repository = new Repository(shop).committed();
    const places = new Set(['origin', 'origins', 'timeoutOrigin']);
    const [typed, read] = [
      await loadMesh(whole, { standardInput: true, today }),
      await loadMesh(await opened(name, repository.root), { today }),
    ];
    expect(typed.diagnostics).toEqual([]);
    expect(typed.sources.sources.map(({ file }) => file)).toEqual(['-']);
    expect(canonicalJson(typed.ir, places)).toBe(canonicalJson(read.ir, places));
    expect(await whole.file('mesh.yaml')).toBeUndefined();
    expect(await whole.commit()).toBeUndefined();
  },
);

async function* chunks(bytes: Buffer, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}

test.each(gitStores)('%s reads no object that is too large for a link or a single file', async (name) => {
  const repository = new Repository({ ...shop, 'trust.pem': '#'.repeat(33 * 1024 * 1024) }).committed();
  const hash = ['hash-object', '-w', '--no-filters', 'target.txt'];
  writeFileSync(path.join(repository.root, 'target.txt'), `mesh.yaml${'/.'.repeat(4096)}`);
  const object = repository.git(...hash).trim();
  repository.git('update-index', '--add', '--cacheinfo', `120000,${object},linked.yaml`);
  repository.git('commit', '--quiet', '--message', 'link');
  const read = await content(name, repository.root);
  expect(read.unreadable).toEqual([{ file: 'linked.yaml', problem: 'outside-root' }]);
  const store = await opened(name, repository.root);
  await expect(store.file('trust.pem')).rejects.toThrow('larger than 32 MiB');
});
