import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { conforming } from './output-schema.ts';
import { shop } from './repository.ts';
import {
  applied,
  apply,
  commit,
  name,
  record,
  recorded,
  recordFile,
  rolloutFiles,
  weights,
} from './rolled-out.ts';

const limit = { timeout: 240_000 };
test(
  'before a Rollout its `from` has everything: in the meaning, in compile and in what is applied',
  limit,
  () => {
    const repository = applied();
    expect(weights(repository)).toEqual({ v1: 1 });
    const asked = repository.mesh([
      'explain',
      'request',
      '--from',
      'shop/web',
      '--to',
      'shop/reviews',
      'GET',
      '/',
      '--format',
      'json',
    ]);
    expect(JSON.parse(asked.out).backends).toEqual([
      expect.objectContaining({ service: 'shop/reviews', version: 'v1', share: 1 }),
    ]);
  },
);

test('an apply of another revision keeps the share of the record; plan and status say it', limit, () => {
  const repository = applied();
  record(repository, {});
  const plan = conforming('plan', repository.mesh(['plan', '--format', 'json']).out);
  expect(plan.targets.local.rollouts).toEqual([
    { rollout: name, from: 'v1', to: 'v2', state: 'running', weights: { 'shop/reviews': 5 }, apply: 'keeps' },
  ]);
  const changes = plan.targets.local.objects.map(
    ({ op, ref }: { op: string; ref: string }) => `${op} ${ref}`,
  );
  expect(changes).toEqual([expect.stringMatching(/^create .*v2/), expect.stringMatching(/^update .*web/)]);
  apply(repository);
  expect(weights(repository)).toEqual({ v1: 19, v2: 1 });

  repository.write(
    'services.yaml',
    `${shop['services.yaml'] ?? ''}---\napiVersion: mesh/v1\nkind: Service\nmetadata: {name: late, namespace: shop}\nspec: {endpoints: {default: [{outbound: "127.0.0.1:26001", admin: "127.0.0.1:26000"}]}}\n`,
  );
  commit(repository);
  apply(repository);
  expect(weights(repository)).toEqual({ v1: 19, v2: 1 });
  expect(recorded(repository)).toMatchObject({ state: 'running', weights: { 'shop/reviews': 5 } });
  expect(repository.mesh(['plan']).out).toContain(
    'Rollout shop/reviews-v2: it is running, v2 has 5% and v1 the rest',
  );
  expect(repository.mesh(['status']).out).toContain('shop/reviews-v2: it is running, v2 has 5%');
  conforming('status', repository.mesh(['status', '--format', 'json']).out);
  expect(repository.mesh(['drift', '--detailed-exitcode']).code).toBe(0);
});

test(
  'an apply that changes what is judged is refused, and with --restart-rollouts all goes back to `from`',
  limit,
  () => {
    const repository = applied();
    record(repository, {});
    apply(repository);
    repository.write(
      'routes.yaml',
      rolloutFiles['routes.yaml'].replace('[{version: v1}]', '[{version: v1}]\n      timeout: 9s'),
    );
    commit(repository);
    const plan = conforming('plan', repository.mesh(['plan', '--format', 'json']).out);
    expect(plan.targets.local.rollouts[0].apply).toBe('refused');
    const refused = repository.mesh(['apply', '--yes']);
    expect(refused.code).toBe(4);
    expect(refused.error).toContain('--restart-rollouts');
    expect(weights(repository)).toEqual({ v1: 19, v2: 1 });
    expect(recorded(repository).state).toBe('running');

    apply(repository, '--restart-rollouts');
    expect(weights(repository)).toEqual({ v1: 1 });
    expect(recorded(repository)).toMatchObject({ state: 'rolled-back', weights: {} });
  },
);

test(
  'a Rollout that is taken out while it runs is refused, too; with --restart-rollouts its record goes',
  limit,
  () => {
    const repository = applied();
    record(repository, {});
    apply(repository);
    repository.git('rm', '--quiet', 'rollout.yaml');
    commit(repository);
    expect(repository.mesh(['apply', '--yes']).code).toBe(4);
    apply(repository, '--restart-rollouts');
    expect(weights(repository)).toEqual({ v1: 1 });
    expect(existsSync(recordFile(repository))).toBe(false);
  },
);

test('a promoted version keeps everything until the spec says so, and then the record goes', limit, () => {
  const repository = applied();
  record(repository, { state: 'promoted', step: 1, weights: { 'shop/reviews': 100 } });
  apply(repository);
  expect(weights(repository)).toEqual({ v2: 1 });
  expect(repository.mesh(['plan']).out).toContain(
    'v2 is promoted and has everything, until the spec names it',
  );

  repository.git('rm', '--quiet', 'rollout.yaml');
  repository.write('routes.yaml', rolloutFiles['routes.yaml'].replace('version: v1', 'version: v2'));
  commit(repository);
  apply(repository);
  expect(weights(repository)).toEqual({ v2: 1 });
  expect(existsSync(recordFile(repository))).toBe(false);
});

test(
  'a rollback aborts first: neither the revision nor the record has a share of the candidate',
  limit,
  () => {
    const repository = applied();
    record(repository, {});
    apply(repository);
    repository.write('routes.yaml', `${rolloutFiles['routes.yaml']}# other\n`);
    repository.write(
      'services.yaml',
      `${shop['services.yaml'] ?? ''}---\napiVersion: mesh/v1\nkind: Service\nmetadata: {name: late, namespace: shop}\nspec: {endpoints: {default: [{outbound: "127.0.0.1:26001", admin: "127.0.0.1:26000"}]}}\n`,
    );
    commit(repository);
    apply(repository);
    expect(weights(repository)).toEqual({ v1: 19, v2: 1 });
    // The revision before was recorded with a share of 5 %.
    const back = repository.mesh(['rollback', '--yes']);
    expect(back.code, back.error).toBe(0);
    expect(weights(repository)).toEqual({ v1: 1 });
    expect(recorded(repository)).toMatchObject({
      state: 'rolled-back',
      reason: 'mesh rollback went to another revision',
    });
  },
);

test('a damaged record stops plan and apply before a write, and names the file', limit, () => {
  const repository = applied();
  record(repository, {});
  writeFileSync(
    recordFile(repository),
    readFileSync(recordFile(repository), 'utf8').replace('"step": 0', '"step": 1'),
  );
  for (const command of ['plan', 'apply']) {
    const ran = repository.mesh([command, ...(command === 'apply' ? ['--yes'] : [])]);
    expect(ran.code).toBe(1);
    expect(ran.error).toContain('shop.reviews-v2.json is damaged');
  }
});
