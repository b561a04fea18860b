import { renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Repository } from './repository.ts';
import { applied, apply, record, recorded, weights, withKeys } from './rolled-out.ts';

const limit = { timeout: 240_000 };
const short = ['--timeout', '1s'];
const runner = { id: 'a', holder: 'ci@builder', epoch: 1 };

/** Returns the shop in two directories, with a rollout at 5 % whose runner is dead. */
function underWay(): Repository {
  const two = withKeys.replace(
    '    local: {platform: envoy, output: {directory: live}}\n',
    '    local: {platform: envoy, output: {directory: live}}\n    other: {platform: envoy, output: {directory: live2}}\n',
  );
  const repository = applied({ 'mesh.yaml': two });
  const long = new Date(Date.now() - 600_000).toISOString();
  for (const output of ['live', 'live2']) record(repository, { runner, changed: long }, output);
  apply(repository);
  for (const output of ['live', 'live2']) expect(weights(repository, output)).toEqual({ v1: 19, v2: 1 });
  return repository;
}

/** Puts the records of an output out of reach: a file lies in place of their folder. */
function cutOff(repository: Repository, output: string): () => void {
  const folder = path.join(repository.root, output, '.mesh');
  renameSync(folder, `${folder}.aside`);
  writeFileSync(folder, '');
  return () => {
    rmSync(folder);
    renameSync(`${folder}.aside`, folder);
  };
}

/** Aborts while the records of `lost` are out of reach, and returns the shop with the records back. */
function aborted(lost: string, target: string, reached: string): Repository {
  const repository = underWay();
  const restore = cutOff(repository, lost);
  const abort = repository.mesh(['canary', 'abort', ...short]);
  expect(abort.code, abort.error).toBe(12);
  expect(abort.error).toContain(`target ${target}`);
  expect(weights(repository, reached)).toEqual({ v1: 1 });
  restore();
  expect(weights(repository, lost)).toEqual({ v1: 19, v2: 1 });
  return repository;
}

test('an abort rolls back every target in reach while one is out of reach, and says so', limit, async () => {
  // The record of a target on its way back counts, even if the target isn't the leading one.
  const repositories = [aborted('live', 'local', 'live2'), aborted('live2', 'other', 'live')];
  // Each waits a minute for counters of the candidate, which nobody serves.
  const runs = await Promise.all(
    repositories.map((repository) => repository.beside(['canary', 'run', ...short])),
  );
  for (const [i, repository] of repositories.entries()) {
    expect(runs[i]?.code, runs[i]?.error).toBe(12);
    for (const output of ['live', 'live2']) {
      expect(weights(repository, output)).toEqual({ v1: 1 });
      expect(recorded(repository, output).state).toBe('rolling-back');
    }
  }
});

test('a guard holds at every target in reach, and names the others', limit, () => {
  const repository = underWay();
  cutOff(repository, 'live2');
  const guard = repository.mesh(['canary', 'guard', ...short]);
  expect(guard.code, guard.error).toBe(12);
  expect(guard.error).toContain('target other');
  expect(recorded(repository, 'live').state).toBe('held');
});
