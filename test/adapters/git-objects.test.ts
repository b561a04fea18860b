import { expect, test } from 'vitest';
import { entries } from '../../src/adapters/git-objects.ts';

const line = (path: string): string => `100644 blob ${'a'.repeat(40)}\t${path}\0`;

test('more files than the limit are an error with the number and the way out', () => {
  const listing = ['mesh/a.yaml', 'mesh/b.yaml', 'other/c.yaml', 'other/d.yaml'].map(line).join('');
  expect(entries(listing, '', 4).map(({ path }) => path)).toHaveLength(4);
  expect(() => entries(listing, '', 3)).toThrow('more than 3 files: keep the mesh in a folder of its own');
  // Files elsewhere count as nothing.
  expect(entries(listing, 'mesh/', 2).map(({ path }) => path)).toEqual(['a.yaml', 'b.yaml']);
});

test('names with line breaks and tabs, and a listing without an end', () => {
  expect(entries(`${line('a\n\tb')}${line('c')}`.slice(0, -1), '').map(({ path }) => path)).toEqual([
    'a\n\tb',
    'c',
  ]);
  expect(entries('', '')).toEqual([]);
});
