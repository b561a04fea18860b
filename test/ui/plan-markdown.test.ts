import { expect, test } from 'vitest';
import type { ObjectChange, Plan, TargetReport } from '../../src/core/plan/plan.ts';
import { planMarkdown } from '../../src/ui/plan-markdown.ts';

const none = { create: 0, update: 0, replace: 0, delete: 0, adopt: 0, release: 0, conflict: 0 };
const now = new Date('2026-11-25T12:00:00Z');

function plan(targets: Readonly<Record<string, TargetReport>>, more: Partial<Plan> = {}): Plan {
  const head = { commit: 'a'.repeat(40), digest: 'd' };
  return { formatVersion: '1.0', targets, counts: none, base: {}, head, planId: 'f00d', ...more };
}

function target(objects: readonly ObjectChange[]): TargetReport {
  return { restarts: [], objects, files: objects.map(({ ref }) => ({ op: 'update', path: ref })) };
}

const update = (n: number, after = 'x'): ObjectChange => ({
  op: 'update',
  ref: `file-${String(n)}.json#Cluster/c`,
  wave: 2,
  fields: [{ path: 'field', before: 'old', after }],
  origin: { file: 'routes.yaml', line: 7, column: 3 },
});

test('a comment has its mark, a table, a diff by target, and the exact command', () => {
  const expires = '2026-11-26T12:00:00.000Z';
  const text = planMarkdown(plan({ edge: target([update(1)]), calm: target([]) }, { expires }), {
    now,
    environment: 'prod',
    file: 'plan.json',
  });
  expect(text.split('\n')[0]).toBe('<!-- mesh:plan:prod -->');
  expect(text).toMatch(/\| <code>edge<\/code> \|\s+\| 1 \|/);
  expect(text).toContain('<details><summary><code>edge</code>: 1 change</summary>');
  expect(text).not.toContain('<summary><code>calm');
  expect(text).toContain(
    '```diff\n! file-1.json#Cluster/c  routes.yaml:7:3\n-     field: "old"\n+     field: "x"\n```',
  );
  expect(text).toContain('plan id <code>f00d</code>, expires <code>2026-11-26T12:00:00.000Z</code>');
  expect(text).toContain('```sh\nmesh apply plan.json --plan-id f00d\n```');
  expect(text.indexOf('| edge')).toBeLessThan(text.indexOf('<details>'));
});

test('a plan without changes says so, and offers no command', () => {
  const text = planMarkdown(plan({ edge: target([]) }), { now, environment: 'default', against: 'main' });
  expect(text).toContain('**No changes** against <code>main</code>.');
  expect(text).not.toContain('mesh apply');
  expect(text).not.toContain('<details>');
});

test('objects without files are changes, too, and an estimate is marked as one', () => {
  const object = { ...update(1), ref: 'core/Service/shop/web', estimate: 'it was not asked' };
  const text = planMarkdown(plan({ edge: { restarts: [], objects: [object], files: [] } }), {
    now,
    environment: 'default',
    file: 'p.json',
  });
  expect(text).not.toContain('No changes');
  expect(text).toContain('! core/Service/shop/web  routes.yaml:7:3  (an estimate: it was not asked)');
});

test('an expired plan says so', () => {
  const text = planMarkdown(plan({ edge: target([update(1)]) }, { expires: '2026-11-25T11:59:59Z' }), {
    now,
    environment: 'default',
    file: 'p.json',
  });
  expect(text).toContain('**expired**');
});

// GitHub takes 65,536 characters, and a comment that is too long is not posted at all.
test.each([
  ['many changes', { edge: target(Array.from({ length: 5_000 }, (_, n) => update(n))) }],
  ['one endless value', { edge: target([update(1, 'y'.repeat(200_000))]) }],
  [
    'one change of endless fields',
    {
      edge: target([
        { ...update(1), fields: Array.from({ length: 9_000 }, (_, n) => ({ path: `f${n}`, after: n })) },
      ]),
    },
  ],
  [
    'many targets',
    Object.fromEntries(Array.from({ length: 3_000 }, (_, n) => [`target-${n}`, target([update(n)])])),
  ],
  ['a long name', { ['n'.repeat(90_000)]: target([update(1)]) }],
])('%s stay below 60,000 characters', (_, targets) => {
  const text = planMarkdown(plan(targets), { now, environment: 'default', file: 'plan.json' });
  expect(text.length).toBeLessThanOrEqual(60_000);
  expect(text.trimEnd().endsWith('```')).toBe(true);
  expect(text.match(/<details>/g)?.length ?? 0).toBe(text.match(/<\/details>/g)?.length ?? 0);
});

test('a cut is clearly marked, with numbers', () => {
  const text = planMarkdown(plan({ edge: target(Array.from({ length: 5_000 }, (_, n) => update(n))) }), {
    now,
    environment: 'default',
  });
  const [, cut = '', all = ''] =
    /\*\*This comment is cut: (\d+) of (\d+) changes are not shown/.exec(text) ?? [];
  expect(all).toBe('5000');
  expect(text.match(/^! file-/gm)).toHaveLength(5_000 - Number(cut));
  expect(Number(cut)).toBeGreaterThan(0);
});

test('names can not end the comment, a fence, a cell or a tag', () => {
  const evil = '`````\n</details><script>|--> \u001b[2J @everyone';
  const text = planMarkdown(
    plan(
      { [evil]: target([{ ...update(1, evil), ref: evil, origin: { file: evil, line: 1, column: 1 } }]) },
      {
        head: { commit: evil, digest: 'd' },
        base: { [evil]: evil },
      },
    ),
    { now, environment: '--><script>', against: evil },
  );
  expect(text.split('\n')[0]).toBe('<!-- mesh:plan:----script- -->');
  const outside = text.replace(/^(`{3,})(?:diff|sh)\n[\s\S]*?\n\1$/gm, '');
  expect(outside).not.toContain('<script>');
  expect(outside).not.toContain('@everyone');
  expect(outside.match(/<\/details>/g)).toHaveLength(1);
  expect(text).toContain('``````diff');
  expect(text).not.toContain('\u001b');
});
