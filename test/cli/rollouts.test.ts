import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { judgedDigest } from '../../src/core/canary/record/judged-digest.ts';
import type { RolloutRecord } from '../../src/core/canary/record/rollout-record.ts';
import { storedText } from '../../src/core/history/read-stored.ts';
import { linkedMesh } from '../cases/linked-mesh.ts';
import { conforming } from './output-schema.ts';
import { Repository, shop } from './repository.ts';

const limit = { timeout: 240_000 };
const name = 'shop/reviews-v2';

const rollout = `apiVersion: mesh/v1
kind: Rollout
metadata: {name: reviews-v2, namespace: shop}
spec:
  service: reviews
  from: v1
  to: v2
  steps: [5%, 100%]
  judge: {source: scrape}
`;

const files = {
  ...shop,
  'routes.yaml': (shop['routes.yaml'] ?? '').replace(
    '[{version: v1, weight: 90}, {version: v2, weight: 10}]',
    '[{version: v1}]',
  ),
  'rollout.yaml': rollout,
};

/** The shop with a Rollout, with trust, applied. */
function applied(): Repository {
  const repository = new Repository({ ...files, 'mesh.yaml': withKeys }).committed();
  expect(repository.mesh(['certs', 'init']).code).toBe(0);
  commit(repository);
  apply(repository);
  return repository;
}

const withKeys = (shop['mesh.yaml'] ?? '').replace(
  'defaults:',
  'certificates: {root: {keys: file}, issuer: {keys: file}}\n  defaults:',
);

function commit(repository: Repository): void {
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'next');
}

function apply(repository: Repository, ...options: readonly string[]): void {
  const ran = repository.mesh(['apply', '--yes', '--quiet', ...options]);
  expect(ran.code, ran.error).toBe(0);
}

/** The weights of the arms in the route of web's proxy: of the clusters whose names have the version. */
function weights(repository: Repository): Readonly<Record<string, number>> {
  const folder = path.join(repository.root, 'live/config/current');
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.includes('web') && file.endsWith('.json'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'));
  const all = texts.join('\n');
  const found: Record<string, number> = {};
  for (const [, version, weight] of all.matchAll(/"name":"[^"]*reviews[^"]*(v[12])[^"]*","weight":(\d+)/g))
    found[version ?? ''] = Number(weight);
  if (Object.keys(found).length > 0) return found;
  for (const [, version] of all.matchAll(/"route":\{"cluster":"[^"]*reviews[^"]*(v[12])[^"]*"/g))
    found[version ?? ''] = 1;
  return found;
}

function recordFile(repository: Repository): string {
  return path.join(repository.root, 'live/.mesh/rollouts/shop.reviews-v2.json');
}

/** Puts a record beside the state, as a runner does before its write. */
function record(repository: Repository, parts: Partial<RolloutRecord>): void {
  const ir = linkedMesh(repository.root);
  const own = ir.rollouts?.[name];
  if (own === undefined) throw new Error('no Rollout');
  const now = new Date().toISOString();
  mkdirSync(path.dirname(recordFile(repository)), { recursive: true });
  const text = storedText({
    rollout: name,
    from: 'v1',
    to: 'v2',
    judged: judgedDigest(ir, own),
    attempt: 1,
    state: 'running',
    step: 0,
    weights: { 'shop/reviews': 5 },
    began: now,
    changed: now,
    wishes: [],
    ...parts,
  });
  writeFileSync(recordFile(repository), text);
}

function recorded(repository: Repository): RolloutRecord {
  return JSON.parse(readFileSync(recordFile(repository), 'utf8')) as RolloutRecord;
}

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
      files['routes.yaml'].replace('[{version: v1}]', '[{version: v1}]\n      timeout: 9s'),
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
  repository.write('routes.yaml', files['routes.yaml'].replace('version: v1', 'version: v2'));
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
    repository.write('routes.yaml', `${files['routes.yaml']}# other\n`);
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
