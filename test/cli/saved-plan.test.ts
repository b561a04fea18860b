import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/core/lib/canonical-json.ts';
import { conforming } from './output-schema.ts';
import { Repository, shop } from './repository.ts';

const limit = { timeout: 240_000 };
const certified = {
  'mesh.yaml': (shop['mesh.yaml'] ?? '').replace(
    'defaults:',
    'certificates: {root: {keys: file}, issuer: {keys: file}}\n  defaults:',
  ),
};

/** Returns a shop in Git with a certificate authority. */
function authority(): Repository {
  const repository = new Repository({ ...shop, ...certified }).committed();
  expect(repository.mesh(['certs', 'init']).code).toBe(0);
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'trust');
  return repository;
}

function saved(repository: Repository, file = 'plan.json') {
  return JSON.parse(readFileSync(path.join(repository.root, file), 'utf8'));
}

/** Returns the plan with a new id, as a forger would write it who knows how ids are computed. */
function forged(plan: object): string {
  const { planId: _, ...content } = plan as { planId: string };
  const planId = createHash('sha256').update(canonicalJson(content)).digest('hex').slice(0, 32);
  return JSON.stringify({ ...content, planId });
}

test('a saved plan is shown, approved by its id, and carried out without a question', limit, () => {
  const repository = authority();
  const made = repository.mesh(['plan', '--out', 'plan.json', '--detailed-exitcode']);
  expect(made.code, made.error).toBe(2);
  const text = readFileSync(path.join(repository.root, 'plan.json'), 'utf8');
  const plan = conforming('plan', text);
  expect(made.out).toContain(`mesh apply plan.json --plan-id ${plan.planId}`);
  expect(Date.parse(plan.expires) - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
  expect(text).not.toContain('PRIVATE KEY');

  // Showing a plan needs neither the mesh nor Git.
  const elsewhere = path.join(repository.root, 'plan.json');
  const shown = repository.mesh(['plan', '--show', elsewhere, '--format', 'json'], { cwd: '/' });
  expect(shown.code, shown.error).toBe(0);
  expect(JSON.parse(shown.out)).toEqual(plan);
  expect(repository.mesh(['plan', '--show', 'plan.json', '--detailed-exitcode']).code).toBe(2);

  const other = repository.mesh(['apply', 'plan.json', '--plan-id', '0123']);
  expect(other.code).toBe(5);
  expect(other.error).toContain('0123 was approved');
  expect(existsSync(path.join(repository.root, 'live/config'))).toBe(false);

  // An untracked plan.json beside the spec isn't an uncommitted change of the spec.
  const applied = repository.mesh(['apply', 'plan.json', '--plan-id', plan.planId, '--format', 'ndjson']);
  expect(applied.code, applied.error).toBe(0);
  const history = JSON.parse(repository.mesh(['history', '--format', 'json']).out).targets.local;
  expect(history.entries[0]).toMatchObject({ planId: plan.planId, dirty: false });

  // The first plan has an inventory, too: that there was nothing.
  const again = repository.mesh(['apply', 'plan.json']);
  expect(again.code).toBe(5);
  expect(again.error).toContain('nothing was applied then');
});

test('a stale plan is refused with 5, and the message says what has changed', limit, () => {
  const repository = authority();
  expect(repository.mesh(['apply', '--yes', '--quiet']).code).toBe(0);
  const routes = (weights: string): string => (shop['routes.yaml'] ?? '').replace(/v1, weight.*10/, weights);
  repository.write('routes.yaml', routes('v1, weight: 80}, {version: v2, weight: 20'));
  repository.git('commit', '--all', '--quiet', '--message', 'more of v2');
  expect(repository.mesh(['plan', '--out', 'plan.json']).code).toBe(0);

  const live = path.join(repository.root, 'live');
  const file = path.join(live, 'config/current/scopes/shop.reviews/rds.json');
  const before = readFileSync(file, 'utf8');
  rmSync(file);
  const changed = repository.mesh(['apply', 'plan.json']);
  expect(changed.code).toBe(5);
  expect(changed.error).toContain('config/current/scopes/shop.reviews/rds.json was changed by hand since');
  repository.write('live/config/current/scopes/shop.reviews/rds.json', before);

  repository.write('routes.yaml', routes('v1, weight: 70}, {version: v2, weight: 30'));
  const dirty = repository.mesh(['apply', 'plan.json']);
  // The code for usage precedes the others, but the message also says what is stale.
  expect(dirty.code).toBe(64);
  expect(dirty.error).toContain('--allow-dirty');
  expect(dirty.error).toMatch(
    /the spec is not the one that was planned \(commit \w{12} then, \w{12} with changes now\)/,
  );
  expect(repository.mesh(['apply', 'plan.json', '--allow-dirty']).code).toBe(5);

  expect(repository.mesh(['apply', '--yes', '--allow-dirty', '--quiet']).code).toBe(0);
  const routed = repository.mesh(['apply', 'plan.json', '--allow-dirty']);
  expect(routed.code).toBe(5);
  expect(routed.error).toMatch(/revision 0\S+ was in force then, and revision 0\S+ is now/);
  expect(routed.error).toMatch(/target local: \S+#RouteConfiguration\/\S+ is not what it was/);

  const late = { ...saved(repository), expires: '2026-01-01T00:00:00.000Z' };
  repository.write('late.json', forged(late));
  expect(repository.mesh(['apply', 'late.json', '--allow-dirty']).error).toContain(
    'it expired at 2026-01-01',
  );
  const shown = repository.mesh(['plan', '--show', 'late.json']);
  expect(shown.code).toBe(0);
  expect(shown.out).toContain('This plan expired at 2026-01-01');
  const tool = { ...saved(repository), checks: { ...saved(repository).checks, tool: 'mesh/0.0.1' } };
  repository.write('tool.json', forged(tool));
  expect(repository.mesh(['apply', 'tool.json', '--allow-dirty']).error).toContain('mesh/0.0.1 made it');
});

test(
  'a plan whose report differs from what apply would do is refused, even if its id is valid',
  limit,
  () => {
    const repository = authority();
    expect(repository.mesh(['plan', '--out', 'plan.json']).code).toBe(0);
    const plan = saved(repository);
    plan.targets.local.objects.pop();
    repository.write('plan.json', forged(plan));
    const refused = repository.mesh(['apply', 'plan.json']);
    expect(refused.code).toBe(5);
    expect(refused.error).toContain('the plan lists other changes than an apply would make');
    expect(existsSync(path.join(repository.root, 'live/config'))).toBe(false);
  },
);

test.each([
  ['no JSON', () => '{', 'it is not JSON'],
  [
    'a newer major',
    (plan: object) => forged({ ...plan, formatVersion: '2.0' }),
    'a mesh that writes format 2.0 is needed',
  ],
  ['no version', () => '{}', 'formatVersion'],
  ['a list', () => '[]', 'formatVersion'],
  [
    'another shape',
    (plan: object) => forged({ ...plan, targets: { local: { objects: 7 } } }),
    '/targets/local',
  ],
  ['checks of another shape', (plan: object) => forged({ ...plan, checks: { targets: [] } }), '/checks'],
  [
    'one letter changed',
    (plan: object) => JSON.stringify({ ...plan, expires: '2030-01-01T00:00:00.000Z' }),
    'is damaged',
  ],
  [
    'the report alone',
    ({ checks: _, ...plan }: { checks?: object }) => JSON.stringify(plan),
    'only what mesh plan --out writes',
  ],
])('a plan file with %s is refused with a reason', limit, (_, make, reason) => {
  const repository = new Repository(shop).committed();
  expect(repository.mesh(['plan', '--out', 'plan.json']).code).toBe(0);
  repository.write('plan.json', make(saved(repository)));
  for (const command of [
    ['apply', 'plan.json'],
    ['plan', '--show', 'plan.json'],
  ]) {
    const { code, out, error } = repository.mesh(command);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toContain(reason);
    expect(error).not.toContain('defect');
  }
});

test('control characters of a plan never reach the terminal', limit, () => {
  const repository = new Repository(shop).committed();
  expect(repository.mesh(['plan', '--out', 'plan.json']).code).toBe(0);
  const plan = saved(repository);
  const evil = '\u001b[2J\u202e';
  plan.targets = { [evil]: plan.targets.local };
  plan.targets[evil].objects[0] = {
    ...plan.targets[evil].objects[0],
    ref: evil,
    origin: { file: evil, line: 1, column: 1 },
  };
  plan.head.commit = evil;
  plan.expires = `2030-01-01T00:00:00Z${evil}`;
  repository.write('plan.json', forged(plan));
  const shown = repository.mesh(['plan', '--show', 'plan.json']);
  expect(shown.code).toBe(0);
  expect(shown.out + shown.error).not.toContain('\u001b');
  expect(shown.out + shown.error).not.toContain('\u202e');
});

test('a saved plan accepts no options that would change it', limit, () => {
  const repository = new Repository(shop).committed();
  expect(repository.mesh(['plan', '--out', 'plan.json']).code).toBe(0);
  for (const [args, reason] of [
    [['apply', 'plan.json', '--target', 'local'], '--target'],
    [['apply', 'plan.json', '--env', 'prod'], '--env'],
    [['apply', '--plan-id', 'abc'], 'name its file'],
    [['apply', '-'], 'standard input'],
    [['plan', '--show', 'plan.json', '--out', 'other.json'], '--out'],
    [['plan', '--show', 'plan.json', '--target', 'local'], '--target'],
  ] as const) {
    const { code, error } = repository.mesh(args);
    expect(code, args.join(' ')).toBe(64);
    expect(error).toContain(reason);
  }
  expect(repository.mesh(['apply', 'missing.json']).code).toBe(1);
});

/** Returns the arguments of the command that a plan prints for its apply. */
function printedApply(out: string): readonly string[] {
  const line = out.split('\n').findLast((one) => one.trim().startsWith('mesh apply ')) ?? '';
  return line.trim().split(' ').slice(1);
}

test('the printed command works as printed, with --root, --revision and --env', limit, () => {
  const repository = authority();
  const overlay =
    'apiVersion: mesh/v1\nkind: Mesh\nmetadata: {name: shop}\nspec: {defaults: {timeout: 9s}}\n';
  repository.write('environments/prod/mesh.yaml', overlay);
  repository.git('add', '--all');
  repository.git('commit', '--quiet', '--message', 'prod');
  const outside = path.dirname(repository.root);
  const root = path.basename(repository.root);
  const file = `${root}/plan.json`;
  for (const more of [[], ['--revision', 'HEAD'], ['--env', 'prod']]) {
    rmSync(path.join(repository.root, 'live'), { recursive: true, force: true });
    const made = repository.mesh(['plan', '--root', root, ...more, '--out', file], { cwd: outside });
    expect(made.code, made.error).toBe(0);
    const args = printedApply(made.out);
    expect(args).toContain('--root');
    const ran = repository.mesh([...args, '--allow-dirty'], { cwd: outside });
    expect(ran.code, `${args.join(' ')}: ${ran.error}`).toBe(0);
  }
});

test('a hold is in the plan, which then prints no command', limit, () => {
  const repository = authority();
  expect(repository.mesh(['apply', '--yes', '--quiet']).code).toBe(0);
  repository.write('mesh.yaml', certified['mesh.yaml'].replace('timeout: 3s', 'timeout: 7s'));
  repository.git('commit', '--all', '--quiet', '--message', 'slower');
  expect(repository.mesh(['apply', '--yes', '--quiet']).code).toBe(0);
  expect(repository.mesh(['rollback', '--yes', '--quiet']).code).toBe(0);

  const held = repository.mesh(['plan', '--out', 'plan.json']);
  expect(held.code, held.error).toBe(4);
  const plan = conforming('plan', readFileSync(path.join(repository.root, 'plan.json'), 'utf8'));
  expect(plan.guardrails).toEqual([
    expect.objectContaining({
      rule: 'hold',
      target: 'local',
      allow: expect.stringMatching(/^--release-hold \w{26}$/),
    }),
  ]);
  // The rollback records the sources that it applies again, so that plans know what they differ from.
  expect(held.out).toContain('~ Mesh shop: defaults.timeout: 3s → 7s  mesh.yaml:');
  expect(held.out).toContain(`Refused: target local: it is held at `);
  expect(held.out).toContain(`(${plan.guardrails[0].allow} allows it)`);
  expect(held.out).not.toContain('mesh apply');
  const comment = repository.mesh(['plan', '--format', 'markdown']);
  expect(comment.out).toContain('> Refused: target');
  expect(comment.out).not.toContain('mesh apply');

  const refused = repository.mesh(['apply', 'plan.json', '--plan-id', plan.planId]);
  expect(refused.code, refused.error).toBe(4);
  expect(refused.error.match(/a guardrail refuses|a rollback is in force/g)).toEqual([
    'a rollback is in force',
  ]);
  const [, id] = plan.guardrails[0].allow.split(' ');
  const released = repository.mesh(['apply', 'plan.json', '--plan-id', plan.planId, '--release-hold', id]);
  expect(released.code, released.error).toBe(0);
  expect(repository.mesh(['plan']).out).toContain('No changes');
});
