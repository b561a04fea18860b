import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { Repository } from './repository.ts';
import { applied, apply, record, recorded, rolloutFiles, weights } from './rolled-out.ts';

const limit = { timeout: 240_000 };
const short = ['--timeout', '1s'];
const bin = fileURLToPath(new URL('../../bin/mesh.js', import.meta.url));
const clock = fileURLToPath(new URL('clock.js', import.meta.url));
const runner = { id: 'a', holder: 'ci@builder', epoch: 1 };

/** Returns the shop with a Rollout that stays at 60 % for long. */
function high(): Repository {
  const steps = 'steps: [{weight: 60%, hold: 30m}, 100%]\n  pace: fixed';
  return applied({ 'rollout.yaml': rolloutFiles['rollout.yaml'].replace('steps: [5%, 100%]', steps) });
}

/** Runs a command whose clock is ahead by some milliseconds. */
function later(repository: Repository, milliseconds: number, ...words: readonly string[]) {
  const env = { NODE_OPTIONS: `--import ${clock}`, CLOCK_OFFSET: String(milliseconds) };
  return repository.started([...words, ...short], { env });
}

test(
  'a guard lowers the weight of a runner that kill -9 ended above maxWeightUnattended, within its interval',
  limit,
  async () => {
    const repository = high();
    expect(repository.mesh(['canary', 'guard', '--every', '30s', ...short]).code).toBe(0);
    const run = spawn(process.execPath, [bin, 'canary', 'run', ...short], {
      cwd: repository.root,
      stdio: 'ignore',
    });
    onTestFinished(() => void run.kill('SIGKILL'));
    await expect.poll(() => weights(repository), { timeout: 60_000 }).toEqual({ v1: 2, v2: 3 });
    // The runner shows a first sign of life after its write.
    const exited = new Promise((resolve) => run.once('exit', resolve));
    run.kill('SIGKILL');
    await exited;

    const soon = later(repository, 30_000, 'canary', 'guard', '--every', '30s');
    expect(soon.code, soon.error).toBe(0);
    expect(weights(repository)).toEqual({ v1: 2, v2: 3 });
    const guard = later(repository, 90_000, 'canary', 'guard', '--every', '30s');
    expect(guard.code, guard.error).toBe(11);
    expect(weights(repository)).toEqual({ v1: 3, v2: 1 });
    expect(recorded(repository)).toMatchObject({ state: 'held', weights: { 'shop/reviews': 25 } });
  },
);

test('a run takes high shares without a terminal only if a guard has looked lately', limit, () => {
  const repository = applied();
  const refused = () => repository.mesh(['canary', 'run', ...short]);
  expect(refused()).toMatchObject({
    code: 4,
    error: expect.stringContaining('no guard looks at target local') as string,
  });
  // A guard without --every promises no next look.
  repository.mesh(['canary', 'guard', ...short]);
  expect(refused().code).toBe(4);
  repository.mesh(['canary', 'guard', '--every', '30s', ...short]);
  const stale = later(repository, 61_000, 'canary', 'run');
  expect([stale.code, stale.error]).toEqual([4, expect.stringContaining('has not looked since')]);
  expect(repository.mesh(['canary', 'guard', '--every', '1h']).code).toBe(64);
  expect(repository.mesh(['canary', 'guard', '--every', 'often']).code).toBe(64);
});

test('after the deadline a guard follows on.inconclusive even if on.runnerLost is hold', limit, () => {
  const repository = applied({
    'rollout.yaml': `${rolloutFiles['rollout.yaml']}  deadline: 20m\n  on: {inconclusive: rollback}\n`,
  });
  const at = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
  record(repository, { runner, began: at(15), changed: at(15) });
  apply(repository);
  const early = repository.mesh(['canary', 'guard', ...short]);
  expect(early.code, early.error).toBe(11);
  record(repository, { runner, began: at(25), changed: at(15) });
  const late = repository.mesh(['canary', 'guard', ...short]);
  // No proxy runs here that could confirm the rollback.
  expect([late.code, recorded(repository).state]).toEqual([12, 'rolling-back']);
  expect(recorded(repository).reason).toContain('the deadline is over');
  expect(weights(repository)).toEqual({ v1: 1 });
});

test('a guard lowers a rollout that is paused above maxWeightUnattended, and leaves it paused', limit, () => {
  const repository = high();
  const long = new Date(Date.now() - 600_000).toISOString();
  const paused = { state: 'paused', runner, pausedSince: long, changed: long, began: long } as const;
  record(repository, { ...paused, weights: { 'shop/reviews': 60 } });
  apply(repository);
  expect(weights(repository)).toEqual({ v1: 2, v2: 3 });
  const guard = repository.mesh(['canary', 'guard', ...short]);
  expect([guard.code, guard.error]).toEqual([11, expect.stringContaining('at most at 25%')]);
  expect(recorded(repository)).toMatchObject({ state: 'paused', weights: { 'shop/reviews': 25 } });
  expect(weights(repository)).toEqual({ v1: 3, v2: 1 });
  expect(repository.mesh(['canary', 'guard', ...short]).code).toBe(0);
});
