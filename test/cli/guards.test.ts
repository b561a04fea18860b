import { existsSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { conforming } from './output-schema.ts';
import { Repository, shop } from './repository.ts';

const limit = { timeout: 240_000 };

/** Returns the applied shop, with a certificate authority. */
function applied(): Repository {
  const mesh = (shop['mesh.yaml'] ?? '').replace(
    'defaults:',
    'certificates: {root: {keys: file}, issuer: {keys: file}}\n  defaults:',
  );
  const repository = new Repository({ ...shop, 'mesh.yaml': mesh }).committed();
  expect(repository.mesh(['certs', 'init']).code).toBe(0);
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'trust');
  const ran = repository.mesh(['apply', '--yes', '--quiet']);
  expect(ran.code, ran.error).toBe(0);
  return repository;
}

/** Removes the server from the spec; only the client remains. */
function shrink(repository: Repository): void {
  repository.write(
    'services.yaml',
    (shop['services.yaml'] ?? '').split('---\n')[0]!.replace('[reviews]', '[]'),
  );
  for (const file of ['routes.yaml', 'access.yaml']) rmSync(path.join(repository.root, file));
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'less');
}

test('a plan that deletes over 30 % is refused with 4 and names the option that allows it', limit, () => {
  const repository = applied();
  const current = (): string => readlinkSync(path.join(repository.root, 'live/config/current'));
  const before = current();
  shrink(repository);
  const refused = repository.mesh(['plan', '--format', 'json', '--detailed-exitcode']);
  expect(refused.code, refused.error).toBe(4);
  const plan = conforming('plan', refused.out);
  const { objects, inventory } = plan.targets.local;
  const gone = objects.filter(({ op }: { op: string }) => op === 'delete').length;
  const percent = Math.ceil((100 * gone) / inventory);
  expect(percent).toBeGreaterThan(30);
  expect(plan.guardrails).toEqual([
    expect.objectContaining({
      rule: 'prune-percent',
      target: 'local',
      allow: `--allow-prune-percent ${percent}`,
    }),
  ]);
  const text = repository.mesh(['plan']);
  expect(text.out).toContain(`Prune: ${gone} to delete, ${percent} % of what is there`);
  expect(text.out).toContain('Refused: target local');
  expect(repository.mesh(['plan', '--format', 'markdown']).out).toContain('[!CAUTION]');

  const apply = repository.mesh(['apply', '--yes', '--format', 'ndjson']);
  expect(apply.code).toBe(4);
  expect(apply.error).toContain(`--allow-prune-percent ${percent}`);
  expect(JSON.parse(apply.out.trim().split('\n').at(-1) ?? '')).toMatchObject({
    type: 'end',
    exitCode: 4,
    outcome: { result: 'refused', cause: { code: 4 } },
  });
  expect(repository.mesh(['apply', '--yes', '--allow-prune-percent', String(percent - 1)]).code).toBe(4);
  expect(current()).toBe(before);

  // A saved plan contains its allowances; no others can be given with it.
  const allowed = ['--allow-prune-percent', String(percent)];
  expect(repository.mesh(['plan', '--out', 'refused.json']).code).toBe(4);
  expect(repository.mesh(['apply', 'refused.json']).code).toBe(4);
  expect(repository.mesh(['apply', 'refused.json', ...allowed]).code).toBe(64);
  expect(repository.mesh(['plan', '--out', 'plan.json', ...allowed]).code).toBe(0);
  const carried = repository.mesh(['apply', 'plan.json']);
  expect(carried.code, carried.error).toBe(0);
  expect(current()).not.toBe(before);
  for (const wrong of ['101', '-1', 'all', '3.5'])
    expect(repository.mesh(['plan', `--allow-prune-percent=${wrong}`]).code, wrong).toBe(64);
});

test(
  'all reasons for a refusal are reported, and the first code in the order is the exit code',
  limit,
  () => {
    const repository = applied();
    shrink(repository);
    repository.write(
      'services.yaml',
      `${readFileSync(path.join(repository.root, 'services.yaml'), 'utf8')}# changed\n`,
    );
    rmSync(path.join(repository.root, '.state'), { recursive: true, force: true });
    const both = repository.mesh(['apply']);
    expect(both.code).toBe(64);
    for (const reason of ['--allow-dirty', '--yes', '--allow-prune-percent'])
      expect(both.error).toContain(reason);
    expect(repository.mesh(['apply', '--yes', '--allow-dirty']).code).toBe(4);
  },
);

test(
  'a lost inventory counts as foreign until it is adopted; then it is rebuilt, including the history',
  limit,
  () => {
    const repository = applied();
    const state = path.join(repository.root, 'live/.mesh/state.json');
    const was = JSON.parse(readFileSync(state, 'utf8'));
    rmSync(state);
    const plan = repository.mesh(['plan']);
    expect(plan.code).toBe(7);
    expect(plan.out).toContain('its state.json is lost, and its other files name shop.default.local');
    const refused = repository.mesh(['apply', '--yes']);
    expect(refused.code).toBe(7);
    expect(refused.error).toContain('--adopt .mesh');
    expect(existsSync(state)).toBe(false);

    repository.write('routes.yaml', (shop['routes.yaml'] ?? '').replace('weight: 90', 'weight: 80'));
    repository.git('commit', '--all', '--quiet', '--message', 'less of v1');
    // The changes start from the values of the revision in force, not from nothing.
    const adopting = repository.mesh(['plan', '--adopt', '.mesh']);
    expect(adopting.code, adopting.error).toBe(0);
    expect(adopting.out).toContain('90 → 80');
    expect(adopting.out).toContain('0 to create, 1 to update, 0 to delete');
    const applying = repository.mesh(['apply', '--yes', '--adopt', '.mesh', '--quiet']);
    expect(applying.code, applying.error).toBe(0);
    const now = JSON.parse(readFileSync(state, 'utf8'));
    expect(now.inventory).toBe(was.inventory);
    expect(now.epoch).toBeGreaterThan(was.epoch);
    const fingerprints = ({
      certificates,
    }: {
      certificates: Readonly<Record<string, { fingerprint: string }>>;
    }) => Object.entries(certificates).map(([proxy, { fingerprint }]) => [proxy, fingerprint]);
    // No new certificate is issued.
    expect(fingerprints(now)).toEqual(fingerprints(was));
    const { entries } = JSON.parse(repository.mesh(['history', '--format', 'json']).out).targets.local;
    expect(entries).toHaveLength(2);
    expect(entries[1].parent).toBe(was.applied);
  },
);

test('a lost inventory is rebuilt even without changes, but never for another mesh', limit, () => {
  const repository = applied();
  const state = path.join(repository.root, 'live/.mesh/state.json');
  rmSync(state);
  const mesh = readFileSync(path.join(repository.root, 'mesh.yaml'), 'utf8');
  repository.write('mesh.yaml', mesh.replace('metadata: {name: shop}', 'metadata: {name: other}'));
  repository.git('commit', '--all', '--quiet', '--message', 'another mesh');
  const other = repository.mesh(['apply', '--yes', '--adopt', '.mesh']);
  expect(other.code).toBe(7);
  expect(existsSync(state)).toBe(false);

  repository.git('reset', '--quiet', '--hard', 'HEAD~1');
  expect(repository.mesh(['apply', '--adopt', '.mesh']).code).toBe(64);
  const same = repository.mesh(['apply', '--adopt', '.mesh', '--yes', '--quiet']);
  expect(same.code, same.error).toBe(0);
  expect(repository.mesh(['plan', '--detailed-exitcode']).code).toBe(0);
  expect(existsSync(state)).toBe(true);
});

const guardrail = (never: string, more = ''): string =>
  `apiVersion: mesh/v1\nkind: Guardrail\nmetadata: {name: reviews-read-only}\nspec:\n  never:\n    - from: [shop/web]\n      to:\n        - {service: shop/reviews, methods: [${never}]}\n${more}`;

test(
  'a mesh that breaks a Guardrail is refused: 3 by validate and compile, 4 by plan and apply',
  limit,
  () => {
    const repository = new Repository({ ...shop, 'guardrail.yaml': guardrail('POST') }).committed();
    expect(repository.mesh(['validate']).code).toBe(0);
    repository.write('guardrail.yaml', guardrail('GET'));
    repository.git('commit', '--quiet', '--all', '--message', 'nobody reads');

    const validated = repository.mesh(['validate', '--format', 'json']);
    expect(validated.code).toBe(3);
    expect(conforming('diagnostics', validated.out).diagnostics).toEqual([
      expect.objectContaining({
        code: 'MESH3100',
        file: 'guardrail.yaml',
        range: expect.objectContaining({ start: { line: 8, column: 11 } }),
        message: expect.stringContaining('GET / from shop/web to shop/reviews'),
        related: expect.arrayContaining([expect.objectContaining({ file: 'access.yaml' })]),
      }),
    ]);
    expect(repository.mesh(['compile', '--out', 'out']).code).toBe(3);
    expect(repository.mesh(['access']).code).toBe(0);

    const planned = repository.mesh(['plan', '--format', 'json']);
    expect(planned.code, planned.error).toBe(4);
    expect(conforming('plan', planned.out).guardrails).toEqual([
      {
        rule: 'spec',
        message: expect.stringMatching(/^guardrail\.yaml:8:11 MESH3100 shop\/web gets through/),
      },
    ]);
    expect(repository.mesh(['plan']).out).toContain('Refused: guardrail.yaml:8:11');
    const against = repository.mesh(['plan', '--base', 'HEAD~1', '--format', 'json']);
    expect(against.code, against.error).toBe(4);
    const apply = repository.mesh(['apply', '--yes']);
    expect(apply.code).toBe(4);
    expect(apply.error).toContain('a guardrail refuses the plan');
    expect(existsSync(path.join(repository.root, 'live/config/current'))).toBe(false);

    // The mesh before may break a guardrail that the mesh now keeps.
    repository.write('guardrail.yaml', guardrail('POST'));
    repository.git('commit', '--quiet', '--all', '--message', 'reads are fine');
    expect(repository.mesh(['plan', '--base', 'HEAD~1']).code).toBe(0);
  },
);

test('a waiver lets a service off until the end of its day', limit, () => {
  const waiver = (expires: string): string =>
    guardrail('GET', `  waivers:\n    - {service: shop/reviews, reason: Moves., expires: "${expires}"}\n`);
  const repository = new Repository({ ...shop, 'guardrail.yaml': waiver('9999-12-31') }).committed();
  expect(repository.mesh(['validate']).code).toBe(0);
  repository.write('guardrail.yaml', waiver('2020-01-01'));
  const expired = repository.mesh(['validate', '--format', 'json']);
  expect(expired.code).toBe(3);
  const codes = conforming('diagnostics', expired.out).diagnostics.map(({ code }: { code: string }) => code);
  expect(codes).toEqual(['MESH3100', 'MESH3104']);
});

test('a plan that is saved with --fail-on widening refuses its apply, as it says', limit, () => {
  const repository = applied();
  repository.write('access.yaml', (shop['access.yaml'] ?? '').replace('[GET]', '[GET, POST]'));
  repository.git('commit', '--quiet', '--all', '--message', 'wider');
  const planned = repository.mesh(['plan', '--fail-on', 'widening', '--out', 'plan.json']);
  expect(planned.code, planned.error).toBe(4);
  expect(planned.out).toContain('An apply refuses this plan');
  const saved = conforming('plan', readFileSync(path.join(repository.root, 'plan.json'), 'utf8'));
  const { allow } = saved.guardrails.find(({ rule }: { rule: string }) => rule === 'widening');
  const refused = repository.mesh(['apply', 'plan.json']);
  expect(refused.code, refused.error).toBe(4);
  expect(refused.error).toContain(allow);

  const options = ['--fail-on', 'widening', ...allow.split(' '), '--out', 'plan.json'];
  expect(repository.mesh(['plan', ...options]).code).toBe(0);
  const carried = repository.mesh(['apply', 'plan.json']);
  expect(carried.code, carried.error).toBe(0);
});

test('a document that breaks a validation is refused as a broken flow is', limit, () => {
  const validation =
    'apiVersion: mesh/v1\nkind: Guardrail\nmetadata: {name: limits}\nspec:\n  validations:\n    - {each: Service, expression: self.timeout < duration("1s"), message: Answers within a second.}\n';
  const repository = new Repository({ ...shop, 'guardrail.yaml': validation }).committed();
  const validated = repository.mesh(['validate', '--format', 'json']);
  expect(validated.code).toBe(3);
  const [first] = conforming('diagnostics', validated.out).diagnostics;
  expect(first).toMatchObject({
    code: 'MESH3110',
    file: 'services.yaml',
    message: expect.stringContaining('Answers within a second.') as unknown,
  });
  const planned = repository.mesh(['plan', '--format', 'json']);
  expect(planned.code, planned.error).toBe(4);
  expect(repository.mesh(['apply', '--yes']).code).toBe(4);

  repository.write('guardrail.yaml', validation.replace('timeout', 'time'));
  const wrong = repository.mesh(['plan']);
  expect(wrong.code).toBe(3);
  expect(wrong.error).toContain('MESH3112');
});
