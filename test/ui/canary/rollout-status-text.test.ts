import { expect, test } from 'vitest';
import type { RolloutRecord } from '../../../src/core/canary/record/rollout-record.ts';
import { rolloutStatusText } from '../../../src/ui/canary/rollout-status-text.ts';
import { palette } from '../../../src/ui/palette.ts';

const record: RolloutRecord = {
  formatVersion: '1.0',
  rollout: 'shop/reviews-v2',
  from: 'v1',
  to: 'v2',
  judged: 'digest',
  attempt: 2,
  state: 'running',
  step: 1,
  weights: { 'shop/reviews': 50 },
  began: '2026-01-01T00:00:00.000Z',
  changed: '2026-01-01T00:00:00.000Z',
  runner: { id: 'a', holder: 'ci@builder', epoch: 1 },
  wishes: [],
};

test('the status of a rollout under way shows the verdict so far and the time until the next step', () => {
  const message =
    'there are too few requests to tell: 3 of 412 requests of the candidate, 9 of 3600 of the baseline';
  const status = {
    ...{ record, isAlive: true, targets: ['local'], steps: [10, 50, 100] },
    verdict: { verdict: 'watching', code: 'power', message },
    timeLeft: 431,
  } as const;
  const rows = rolloutStatusText([status], palette(false)).split('\n');
  expect(rows.slice(rows.findIndex((row) => row.includes('steps')))).toEqual([
    '  steps     10% → [50%] → 100%',
    '  targets   local',
    '  runner    ci@builder',
    '  verdict   watching: there are too few requests to tell: 3 of 412 requests of',
    '            the candidate, 9 of 3600 of the baseline',
    '  next step in about 7 min 11 s',
    '',
  ]);
});
