import { expect, test } from 'vitest';
import type { ObjectChange, Plan, TargetReport } from '../../src/core/plan/plan.ts';
import type { SpecEdit } from '../../src/core/plan/spec-edit.ts';
import { palette } from '../../src/ui/palette.ts';
import { planText } from '../../src/ui/plan-text.ts';

const none = { create: 0, update: 0, replace: 0, delete: 0, adopt: 0, release: 0, conflict: 0 };
const origin = { file: 'routes.yaml', line: 7, column: 3 };

function plan(targets: Readonly<Record<string, TargetReport>>): Plan {
  return { formatVersion: '1.0', targets, counts: none, base: {}, head: { digest: 'd' }, planId: 'f00d' };
}

function target(spec: readonly SpecEdit[] | undefined, ...objects: readonly ObjectChange[]): TargetReport {
  return { ...(spec && { spec }), restarts: [], objects, files: [] };
}

function said(shown: Plan, verbose = false, columns = Number.POSITIVE_INFINITY): string {
  return planText(shown, palette(false), { verbose, columns });
}

const timeout: SpecEdit = {
  ...{ op: 'update', kind: 'Route', namespace: 'shop', name: 'reviews', within: ['rule all'] },
  ...{ field: 'timeout', before: '2s', after: '1s', origin },
};
const field = { path: 'routes[r].timeout', before: '2s', after: '1s' };
const object = (op: ObjectChange['op'], ref: string): ObjectChange => ({
  op,
  ref,
  wave: 1,
  fields: [field],
  origin,
});

test('the difference of the spec comes first, and objects fold behind --verbose', () => {
  const shown = plan({
    eu: target([timeout], object('update', 'a.json#Route/r'), object('create', 'b.json#Route/s')),
  });
  expect(said(shown).split('\n').slice(0, 3)).toEqual([
    'Spec',
    '  ~ Route shop/reviews, rule all: timeout: 2s → 1s  routes.yaml:7:3',
    '',
  ]);
  expect(said(shown)).toContain('  Objects: 1 to create, 1 to update (--verbose lists them)');
  expect(said(shown)).not.toContain('routes[r]');
  expect(said(shown, true)).toContain('      routes[r].timeout: "2s" → "1s"');
});

test('objects that somebody else has a part in are never folded', () => {
  const text = said(plan({ eu: target([timeout], object('adopt', 'core/Service/shop/web')) }));
  expect(text).toContain('< Service shop/web');
  expect(text).toContain('routes[r].timeout: "2s" → "1s"');
});

test('objects are shown if the spec before is unknown, or is the same', () => {
  for (const spec of [undefined, []])
    expect(said(plan({ eu: target(spec, object('update', 'a.json#Route/r')) }))).toContain(
      'routes[r].timeout',
    );
});

test('targets with other differences have their own part', () => {
  const other = { ...timeout, before: '9s' };
  const same = said(plan({ eu: target([timeout]), us: target([timeout]) }));
  expect(same.match(/^Spec/gm)).toEqual(['Spec']);
  const text = said(plan({ eu: target([timeout]), us: target([other]), new: target(undefined) }));
  expect(text.match(/^Spec.*/gm)).toEqual(['Spec (target eu)', 'Spec (target us)']);
});

test('a field of several entries of one name is shown once', () => {
  const fields = ['r', 'r (2)', 'r (3)'].map((name) => ({ ...field, path: `routes[${name}].timeout` }));
  const text = said(plan({ eu: target([], { ...object('update', 'a.json#Route/r'), fields }) }));
  expect(text).toContain('      routes[r].timeout: "2s" → "1s" (3 times)');
  expect(text).not.toContain('(2)');
});

test.each([40, 80, 120])('lines fit into %i columns, and no word is broken', (columns) => {
  const why = 'belongs to somebody else who wrote the object before and may write it again at any time';
  const hosts: SpecEdit = {
    ...timeout,
    ...{
      field: 'hosts',
      before: [],
      after: ['a.example', '日本語.example', 'c.example', 'd.example', 'e.example'],
    },
  };
  const whole = plan({
    eu: { ...target([timeout, hosts]), files: [{ op: 'conflict', path: 'x', why, ways: ['a'] }] },
  });
  const text = said(whole, false, columns);
  for (const line of text.split('\n')) expect(line.length, line).toBeLessThanOrEqual(columns);
  // Breaking a word would leave words that the text on one line doesn't have.
  expect(text.split(/\s+/)).toEqual(said(whole).split(/\s+/));
});

test('requests that no order keeps are named with the reason', () => {
  const report: TargetReport = {
    ...target([timeout]),
    access: { gained: [], lost: [] },
    routing: [],
    notHitless: [
      {
        request: { from: 'shop/web', to: 'shop/pay', method: 'GET', path: '/a' },
        why: 'neither mesh lets it through, and it passes for a moment on the way',
      },
      { why: 'not proved: shop/old: too many states' },
    ],
  };
  const lines = said(plan({ vms: report })).split('\n');
  const at = lines.findIndex((line) => line.includes('Not kept on the way (2):'));
  expect(lines[at + 1]).toMatch(/! GET \/a from shop\/web to shop\/pay.*: neither mesh lets it through/);
  expect(lines[at + 2]).toContain('! not proved: shop/old: too many states');
});
