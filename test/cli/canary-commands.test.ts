import { chmodSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Repository } from './repository.ts';
import { applied, commit, rolloutFiles } from './rolled-out.ts';

const limit = { timeout: 240_000 };
const short = ['--timeout', '1s'];

/** Returns the shop with a program as a gate that answers no. */
function withProgram(): Repository {
  const repository = applied({
    'rollout.yaml': `${rolloutFiles['rollout.yaml']}  hooks: [{on: [step], command: [./hooks/gate.sh], gate: true}]\n`,
    'hooks/gate.sh': '#!/bin/sh\ncat > seen.json\nexit 1\n',
  });
  chmodSync(path.join(repository.root, 'hooks/gate.sh'), 0o755);
  commit(repository);
  return repository;
}

const run = (repository: Repository, ...words: readonly string[]) =>
  repository.mesh(['canary', 'run', '--guard-follows', ...words, ...short]);

test('a program runs as a hook only with --allow-commands, and only in its committed form', limit, () => {
  const repository = withProgram();
  const refused = (words: readonly string[], why: string): void => {
    const ran = run(repository, ...words);
    expect([ran.code, ran.error]).toEqual([4, expect.stringContaining(why)]);
  };
  refused([], 'run only with --allow-commands');
  repository.write('hooks/gate.sh', '#!/bin/sh\nexit 0\n');
  refused(['--allow-commands'], 'it differs from the commit that is checked out');
  repository.git('checkout', '--quiet', 'hooks/gate.sh');
  repository.git('rm', '--quiet', '--cached', 'hooks/gate.sh');
  repository.git('commit', '--quiet', '--message', 'untracked');
  refused(['--allow-commands'], 'it is no file of the commit that is checked out');
  commit(repository);
  chmodSync(path.join(repository.root, 'hooks/gate.sh'), 0o644);
  commit(repository);
  refused(['--allow-commands'], 'it is not executable');
});

test('a program that answers no holds the rollout before its first step', limit, () => {
  const repository = withProgram();
  const ran = run(repository, '--allow-commands');
  expect([ran.code, ran.error]).toEqual([11, expect.stringContaining('a gate refused step 1')]);
});
