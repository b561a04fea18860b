import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { specialFiles } from '../adapters/special-files.ts';
import { Repository, shop } from './repository.ts';

/** A named pipe without a writer in place of a file; every command that reads the file must end and name it. */
const pipes: readonly (readonly [file: string, args: readonly string[], code: number])[] = [
  ['mesh.yaml', ['validate', '--root', '.'], 3],
  ['access.yaml', ['validate'], 3],
  ['access.yaml', ['fmt', '--check'], 3],
  ['access.yaml', ['compile', '--out', 'out'], 3],
  ['saved.plan', ['apply', 'saved.plan'], 1],
  ['batch.ndjson', ['explain', 'request', '--batch', 'batch.ndjson'], 1],
  ['certificates/shop.example.json', ['compile', '--out', 'out'], 13],
  ['live/.mesh/state.json', ['plan'], 1],
  ['live/.mesh/state.json', ['status'], 1],
];

test.each(pipes)('a pipe called %s ends mesh %j', async (file, args, code) => {
  const repository = new Repository(shop);
  const place = path.join(repository.root, file);
  rmSync(place, { force: true });
  mkdirSync(path.dirname(place), { recursive: true });
  await specialFiles['a named pipe']?.(place);
  const { code: ended, error, out } = repository.mesh(args);
  expect(`${out}${error}`).toContain(path.basename(file));
  expect(`${out}${error}`).not.toContain('a defect of mesh');
  expect(ended).toBe(code);
});

test('init does not read a pipe or write over one', async () => {
  const repository = new Repository({});
  await specialFiles['a named pipe']?.(path.join(repository.root, '.gitignore'));
  const { code, error } = repository.mesh(['init']);
  expect([code, error]).toEqual([1, expect.stringContaining('.gitignore')]);
  expect(error).toContain('a named pipe');
});
