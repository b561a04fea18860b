import { expect, test } from 'vitest';
import { conforming } from './output-schema.ts';
import { Repository } from './repository.ts';
import { applied, apply, commit, record, recorded, rolloutFiles, weights } from './rolled-out.ts';

const limit = { timeout: 240_000 };
const short = ['--timeout', '1s'];

test(
  'a run refuses what is not applied, a spec without Rollouts, and shares that nobody guards',
  limit,
  () => {
    const repository = applied();
    repository.write(
      'routes.yaml',
      rolloutFiles['routes.yaml'].replace('[{version: v1}]', '[{version: v1}]\n      timeout: 9s'),
    );
    const stale = repository.mesh(['canary', 'run', ...short]);
    expect(stale.code, stale.error).toBe(5);
    expect(stale.error).toContain('mesh apply first');
    repository.write('routes.yaml', rolloutFiles['routes.yaml']);
    const high = repository.mesh(['canary', 'run', 'reviews-v2', ...short]);
    expect(high.code, high.error).toBe(4);
    expect(high.error).toContain('step 100% is above maxWeightUnattended (25%)');
    expect(repository.mesh(['canary', 'run', 'nothing']).code).toBe(64);
    expect(weights(repository)).toEqual({ v1: 1 });
  },
);

test(
  'a run says how the attempt before ended: 0 promoted, 10 rolled back, 11 held, 6 run by somebody',
  limit,
  () => {
    const repository = applied();
    const run = () => repository.mesh(['canary', 'run', ...short]).code;
    record(repository, { state: 'promoted', step: 1, weights: { 'shop/reviews': 100 } });
    expect(run()).toBe(0);
    record(repository, { state: 'rolled-back', weights: {}, reason: 'too many errors' });
    const back = repository.mesh(['canary', 'run', ...short]);
    expect([back.code, back.error]).toEqual([10, expect.stringContaining('too many errors')]);
    expect(back.error).toContain('--retry');
    record(repository, { state: 'held', reason: 'nobody knows' });
    expect(run()).toBe(11);
    record(repository, { runner: { id: 'a', holder: 'ci@builder', epoch: 1 } });
    expect(run()).toBe(6);
  },
);

test(
  'pause, resume and promote act on the record if no runner lives, and leave a command if one does',
  limit,
  () => {
    const repository = applied();
    const long = new Date(Date.now() - 600_000).toISOString();
    const say = (...words: readonly string[]) => {
      const ran = repository.mesh(['canary', ...words, ...short]);
      expect(ran.code, ran.error).toBe(0);
    };
    record(repository, { runner: { id: 'a', holder: 'ci@builder', epoch: 1 }, changed: long, began: long });
    say('pause', 'reviews-v2');
    expect(recorded(repository)).toMatchObject({
      state: 'paused',
      weights: { 'shop/reviews': 5 },
      wishes: [],
    });
    expect(recorded(repository).runner).toBeUndefined();
    say('resume');
    expect(recorded(repository)).toMatchObject({ state: 'running' });
    say('promote');
    expect(recorded(repository)).toMatchObject({ passed: 2 });
    record(repository, { runner: { id: 'a', holder: 'ci@builder', epoch: 1 } });
    say('promote', '--full');
    say('abort');
    expect(recorded(repository)).toMatchObject({
      state: 'running',
      wishes: [{ action: 'promote', full: true }, { action: 'abort' }],
    });
    const status = conforming('canary-status', repository.mesh(['canary', 'status', '--format', 'json']).out);
    expect(status.rollouts).toMatchObject([
      { rollout: 'shop/reviews-v2', isAlive: true, targets: ['local'], steps: [5, 100] },
    ]);
    const text = repository.mesh(['canary', 'status']).out;
    expect(text).toContain('[5%] → 100%');
    expect(text).toContain('abort by');
  },
);

test(
  'an abort takes the candidate off at once, also without the repository, and is unconfirmed without proxies',
  limit,
  () => {
    const repository = applied();
    const long = new Date(Date.now() - 600_000).toISOString();
    record(repository, { changed: long });
    apply(repository);
    expect(weights(repository)).toEqual({ v1: 19, v2: 1 });
    const live = `${repository.root}/live`;
    const abort = repository.mesh(['canary', 'abort', '--directory', live, ...short], { cwd: '/' });
    // No proxy runs here, so that nobody confirms it.
    expect(abort.code, abort.error).toBe(12);
    expect(abort.error).toContain('no answer from');
    expect(weights(repository)).toEqual({ v1: 1 });
    expect(recorded(repository)).toMatchObject({ state: 'rolling-back', weights: {} });
  },
);

test(
  'a guard leaves a living runner alone, and holds or rolls back for a dead one as on.runnerLost says',
  limit,
  () => {
    const repository = applied();
    const long = new Date(Date.now() - 600_000).toISOString();
    const runner = { id: 'a', holder: 'ci@builder', epoch: 1 };
    const guard = () => repository.mesh(['canary', 'guard', ...short]);
    expect(guard().code).toBe(0);
    record(repository, { runner });
    expect(guard().code).toBe(0);
    expect(recorded(repository)).toMatchObject({ state: 'running', runner });

    record(repository, { runner, changed: long, step: 1, weights: { 'shop/reviews': 60 } });
    const held = guard();
    expect(held.code, held.error).toBe(11);
    expect(held.error).toContain('ci@builder is gone');
    expect(recorded(repository)).toMatchObject({ state: 'held', weights: { 'shop/reviews': 25 } });
    expect(weights(repository)).toEqual({ v1: 3, v2: 1 });
    expect(guard().code).toBe(0);

    repository.write('rollout.yaml', `${rolloutFiles['rollout.yaml']}  on: {runnerLost: rollback}\n`);
    commit(repository);
    apply(repository, '--restart-rollouts');
    record(repository, { runner, changed: long });
    apply(repository);
    expect(guard().code).toBe(12);
    expect(weights(repository)).toEqual({ v1: 1 });
    expect(recorded(repository).state).toBe('rolling-back');
  },
);

test('names that no output knows are errors of usage', limit, () => {
  const repository = applied();
  const unknown = repository.mesh(['canary', 'abort', 'nothing']);
  expect([unknown.code, unknown.error]).toEqual([64, expect.stringContaining('has no Rollout')]);
  expect(new Repository({}).mesh(['canary', 'status']).code).toBe(64);
});
