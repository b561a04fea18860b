import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Repository } from './repository.ts';
import { applied, apply, commit, record, recordFile, weights } from './rolled-out.ts';

const limit = { timeout: 240_000 };
const short = ['--timeout', '1s'];

/** Returns the shop after a promotion that the spec doesn't have yet. */
function promoted(): Repository {
  const repository = applied();
  record(repository, { state: 'promoted', step: 1, weights: { 'shop/reviews': 100 } });
  apply(repository);
  expect(weights(repository)).toEqual({ v2: 1 });
  return repository;
}

const routes = (repository: Repository) => readFileSync(path.join(repository.root, 'routes.yaml'), 'utf8');
const run = (repository: Repository, ...words: readonly string[]) =>
  repository.mesh(['canary', 'run', ...words, ...short]);

test('a promotion prints a patch of the spec, and the apply of the patch removes the record', limit, () => {
  const repository = promoted();
  const evidence = path.join(repository.root, 'live/.mesh/evidence/shop.reviews-v2.1.ndjson');
  repository.write('live/.mesh/evidence/shop.reviews-v2.1.ndjson', '');
  const told = run(repository);
  expect(told.code, told.error).toBe(0);
  expect(existsSync(evidence)).toBe(true);
  repository.write('../change.patch'.replace('../', '.state/'), told.out);
  repository.git('apply', '--index', '.state/change.patch');
  expect(existsSync(path.join(repository.root, 'rollout.yaml'))).toBe(false);
  expect(routes(repository)).toContain('[{version: v2}]');
  commit(repository);
  apply(repository);
  expect(weights(repository)).toEqual({ v2: 1 });
  expect(existsSync(recordFile(repository))).toBe(false);
  expect(existsSync(evidence)).toBe(false);
});

test('--commit commits the change to the branch, and nothing else of the working tree', limit, () => {
  const repository = promoted();
  repository.write('notes.txt', 'mine');
  repository.git('add', 'notes.txt');
  repository.git('config', 'user.name', 'ann');
  repository.git('config', 'user.email', 'ann@example.org');
  const made = run(repository, '--commit');
  expect(made.code, made.error).toBe(0);
  expect(repository.git('log', '-1', '--format=%an %s')).toBe(
    'ann Promote v2 as Rollout shop/reviews-v2 did\n',
  );
  const names = repository.git('show', '--name-status', '--format=', 'HEAD').trim().split('\n').sort();
  expect(names).toEqual(['D\trollout.yaml', 'M\troutes.yaml']);
  expect(repository.git('status', '--porcelain', '--', '.', ':!live', ':!.state')).toBe('A  notes.txt\n');
  repository.git('commit', '--quiet', '--message', 'notes');
  apply(repository);
  expect(existsSync(recordFile(repository))).toBe(false);
});

test('--commit changes nothing if a file has uncommitted changes, or no branch is checked out', limit, () => {
  const repository = promoted();
  const before = routes(repository);
  repository.write('routes.yaml', `# mine\n${before}`);
  const dirty = run(repository, '--commit');
  expect([dirty.code, dirty.error]).toEqual([1, expect.stringContaining('routes.yaml has changes')]);
  expect(routes(repository)).toBe(`# mine\n${before}`);
  expect(existsSync(path.join(repository.root, 'rollout.yaml'))).toBe(true);
  repository.write('routes.yaml', before);
  repository.git('checkout', '--quiet', '--detach');
  const detached = run(repository, '--commit');
  expect([detached.code, detached.error]).toEqual([1, expect.stringContaining('no branch is checked out')]);
  expect(routes(repository)).toBe(before);
});
