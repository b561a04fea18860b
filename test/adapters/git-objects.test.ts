import { expect, test } from 'vitest';
import { lineSplitter } from '../../src/adapters/git-lines.ts';
import { entryCollector } from '../../src/adapters/git-objects.ts';

const line = (path: string, mode = '100644 blob'): string => `${mode} ${'a'.repeat(40)}\t${path}\0`;

/** Returns the paths of a listing that arrives in pieces of `piece` bytes. */
function paths(listing: string, { prefix = '', most = 100, piece = 7 } = {}): readonly string[] {
  const { take, found } = entryCollector(prefix, most);
  const splitter = lineSplitter(take);
  const bytes = Buffer.from(listing);
  for (let at = 0; at < bytes.length; at += piece) splitter.add(bytes.subarray(at, at + piece));
  splitter.end();
  return found.map(({ path }) => path);
}

test('more files than the limit are an error that names the limit and a remedy', () => {
  const listing = ['mesh/a.yaml', 'mesh/b.yaml', 'other/c.yaml', 'other/d.yaml']
    .map((name) => line(name))
    .join('');
  expect(paths(listing, { most: 4 })).toHaveLength(4);
  expect(() => paths(listing, { most: 3 })).toThrow(
    'more than 3 files: keep the mesh in a folder of its own',
  );
  // Files in other folders are not counted.
  expect(paths(listing, { prefix: 'mesh/', most: 2 })).toEqual(['a.yaml', 'b.yaml']);
});

test('submodules are no files, but count towards the limit: a few objects can represent any number', () => {
  const listing = ['a', 'b', 'c'].map((name) => line(name, '160000 commit')).join('');
  expect(paths(listing, { most: 3 })).toEqual([]);
  expect(() => paths(listing, { most: 2 })).toThrow('more than 2 files');
});

test('reads names with line breaks, tabs and letters of several bytes, and a listing without a final NUL', () => {
  const listing = `${line('a\n\tb')}${line('grün/雪')}${line('c')}`.slice(0, -1);
  for (const piece of [1, 2, 3, 50, 1000])
    expect(paths(listing, { piece })).toEqual(['a\n\tb', 'grün/雪', 'c']);
  expect(paths('')).toEqual([]);
});

test('a long name, and a large total of long names, are errors with the number', () => {
  expect(() => paths(line('n'.repeat(20_000)), { piece: 1000 })).toThrow(
    'name of more than 16384 characters',
  );
  const splitter = lineSplitter(() => undefined, 100);
  splitter.add(Buffer.from(`${'n'.repeat(99)}\0`));
  expect(() => splitter.add(Buffer.from('n'))).toThrow('file names of more than 100 characters');
});
