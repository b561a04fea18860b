import { expect, test } from 'vitest';
import type { Outcome } from '../../src/core/run/event.ts';
import { late, silence } from '../../src/core/run/outcomes.ts';
import { type RunEnd, runEndText } from '../../src/ui/run-end-text.ts';

const planned = { create: 2, update: 1, replace: 0, delete: 0, adopt: 1, release: 0, conflict: 0 };

function said(outcome: Outcome, more: Partial<RunEnd> = {}): readonly string[] {
  const proxies = { accepted: 3, rejected: 0, unseen: 1, silent: 0 };
  const end = {
    command: 'apply',
    id: '01K',
    planned,
    proxies,
    milliseconds: 2345,
    place: ' --env prod',
    back: '',
  } as const;
  return runEndText({ ...end, outcome, ...more })
    .trimEnd()
    .split('\n');
}

test('a run that succeeded says its numbers, its id, and the way back', () => {
  const proxies = { accepted: 3, rejected: 0, unseen: 0, silent: 0 };
  expect(said({ result: 'succeeded' }, { proxies })).toEqual([
    'apply succeeded: 2 created, 1 updated, 0 deleted, 1 adopted; 3 proxies accepted (2.3 s)',
    'to see what changed: mesh history 01K --env prod',
    'to go back: mesh rollback --env prod',
  ]);
});

test('a run whose proxies have never answered does not say that it succeeded', () => {
  expect(said({ result: 'succeeded' })[0]).toBe(
    'apply: written, not confirmed: 2 created, 1 updated, 0 deleted, 1 adopted; 3 proxies accepted, 1 proxy never answered (2.3 s)',
  );
});

test.each(['incomplete', 'unconfirmed', 'failed', 'interrupted'] as const)(
  'a run that ends %s says how to go on and how to go back',
  (result) => {
    const [head, ...ways] = said({ result }, { command: 'rollback' });
    expect(head).toContain(`rollback ${result}, of 2 to create, 1 to update`);
    expect(ways.join('\n')).toContain('to go on: mesh apply --resume --env prod');
    expect(ways.join('\n')).toContain('to go back: mesh rollback --env prod');
    expect(ways.join('\n')).toContain('to see what changed: mesh history 01K --env prod');
  },
);

test('a run without writes names no id: the history folds it into the run before', () => {
  const proxies = { accepted: 1, rejected: 0, unseen: 0, silent: 0 };
  expect(said({ result: 'unchanged' }, { proxies })).toEqual([
    'apply: nothing to write; 1 proxy accepted (2.3 s)',
  ]);
  expect(said({ result: 'refused' })).toEqual(['apply refused: nothing was written (2.3 s)']);
});

test('the way back has the option that a rollback of the run needs', () => {
  expect(said({ result: 'succeeded' }, { back: ' --allow-prune-percent 35' }).at(-1)).toBe(
    'to go back: mesh rollback --env prod --allow-prune-percent 35',
  );
});

test('a first run names no way back', () => {
  expect(said({ result: 'succeeded' }, { back: undefined }).slice(1)).toEqual([
    'to see what changed: mesh history 01K --env prod',
  ]);
});

test('a run whose proxies no longer answer says how they are started', () => {
  const proxies = { accepted: 1, rejected: 0, unseen: 0, silent: 2 };
  const [head, first] = said(late('proxy web did not accept in time: connection refused', true, ['web']), {
    proxies,
  });
  expect(head).toBe(
    'apply unconfirmed, of 2 to create, 1 to update, 0 to delete, 1 to adopt; 1 proxy accepted, 2 proxies did not confirm it (2.3 s)',
  );
  const start = 'to start proxies on this machine: mesh up --env prod';
  expect(first).toBe(start);
  // A proxy that runs and does not take the revision is not to be started.
  expect(
    said(late('proxy web did not accept in time: listeners still old', true), { proxies }),
  ).not.toContain(start);
  const refused = { ...silence(['web'], 0), result: 'refused' as const };
  expect(said(refused, { proxies }).at(-1)).toBe(start);
});

test('a rollback says that it holds the output, and what releases it', () => {
  const proxies = { accepted: 3, rejected: 0, unseen: 0, silent: 0 };
  expect(said({ result: 'succeeded' }, { command: 'rollback', proxies }).slice(1, 3)).toEqual([
    'held: apply is refused until Git has reverted what was rolled back',
    'to release it: mesh apply --env prod --release-hold 01K',
  ]);
});
