import { describe, expect, test } from 'vitest';
import type { CanaryEvent } from '../../../../src/core/canary/progress/canary-event.ts';
import type { Event } from '../../../../src/core/run/event.ts';
import { after, beginning } from '../../../../src/ui/live/canary/canary-progress.ts';
import { canaryRows } from '../../../../src/ui/live/canary/canary-rows.ts';
import { palette } from '../../../../src/ui/palette.ts';
import { reading, step, verdict } from './rollout-events.ts';

const start = Date.parse('2026-01-01T00:00:00.000Z');

function rowsOf(events: readonly (CanaryEvent | Event)[], columns = 80, rows = 24, stopping = false) {
  let progress = beginning;
  for (const [i, event] of events.entries()) progress = after(progress, event, start + i * 1000);
  return canaryRows(progress, stopping, { columns, rows, now: start + 60_000, palette: palette(false) });
}

const underWay = [
  step(1, 1),
  reading(0, [0, 0], [0, 0]),
  reading(10, [990, 2], [10, 0]),
  step(2, 5),
  reading(20, [1940, 4], [60, 1]),
  reading(30, [2890, 6], [110, 6]),
  verdict('watching', 2, { timeLeft: 40 }),
];

describe('the live view of a rollout', () => {
  test('shows weights, both arms, the evidence and the time left', () => {
    expect(rowsOf(underWay)).toEqual([
      'canary shop/reviews-v2  step 2 of 5  watching  30 s',
      '  weight of the candidate  ██░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 5 %',
      '',
      '  requests  baseline      95.0/s  ███',
      '            candidate      5.0/s  ▂██',
      '  errors    baseline      0.21 %  ▁▁▁',
      '            candidate      5.5 %  ▁▂█',
      '',
      '  worse?    ██████░░░░░░░░░░ 40 % to failing, 66 % to a hold',
      '  verdict   watching: the evidence is E = 12 of 150',
      '  time      next step in about 40 s, deadline in 1 h 59 min',
      '',
      '  00:00:00 step 1 of 5, 1 %, watching',
      '  00:00:03 step 2 of 5, 5 %, watching',
    ]);
  });

  test.each([40, 80, 120, 200])(
    'at %d columns no row of its own making is wider than the screen',
    (columns) => {
      const many = Array.from({ length: 300 }, (_, i) => reading(i * 5, [i * 500, i], [i * 30, 3 * i]));
      const rows = rowsOf([step(2, 5), ...many, verdict('watching', 1)], columns);
      const drawn = rows.filter((row) => /[▁▂▃▄▅▆▇█░]/.test(row));
      expect(drawn.length).toBeGreaterThan(5);
      if (columns >= 80) expect(Math.max(...drawn.map((row) => row.length))).toBeLessThanOrEqual(columns);
    },
  );

  test.each([1, 5, 8, 24])('on %d rows it leaves one free', (rows) => {
    expect(rowsOf(underWay, 80, rows).length).toBeLessThanOrEqual(Math.max(1, rows - 1));
  });

  test('evidence beyond its bound is full, and a verdict other than watching is news', () => {
    const rows = rowsOf([...underWay, verdict('fail', 7, { blame: 'application' })]);
    expect(rows).toContainEqual(expect.stringMatching(/█{16} 100 % to failing, 100 % to a hold/));
    expect(rows.at(-1)).toBe(
      '  00:00:07   fail: the evidence is E = 12 of 150 (the application itself answers badly)',
    );
  });

  test('the reason of a verdict is shown whole, on as many rows as it takes', () => {
    const message =
      'the candidate fails at least 3 times as often as the baseline: 33 of 412 requests of the candidate';
    const rows = rowsOf([...underWay, verdict('fail', 7, { message })]);
    const at = rows.findIndex((row) => row.startsWith('  verdict'));
    expect(rows.slice(at, at + 2)).toEqual([
      '  verdict   fail: the candidate fails at least 3 times as often as the baseline:',
      '            33 of 412 requests of the candidate',
    ]);
  });

  test('a reading that failed is a gap, and its reason is told until one comes', () => {
    const failed = { ...reading(40, [0, 0], [0, 0]), failed: 'nobody listens' } as CanaryEvent;
    const rows = rowsOf([...underWay, failed, reading(50, [4790, 10], [210, 11])]);
    expect(rows[3]).toBe('  requests  baseline      95.0/s  ███ █');
    expect(rows.join('\n')).not.toContain('nobody listens');
    expect(rowsOf([...underWay, failed]).join('\n')).toContain('! nobody listens');
  });

  test('a new attempt begins to count anew', () => {
    const rows = rowsOf([...underWay, step(1, 1, { attempt: 2 }), reading(0, [0, 0], [0, 0])]);
    expect(rows[0]).toBe('canary shop/reviews-v2  step 1 of 5  watching  attempt 2  0 s');
    expect(rows[3]).toBe('  requests  baseline         –/s  ');
  });

  test('no control character of a name or a message reaches the terminal', () => {
    const hostile = '\u001b[2J\u0007\r\n';
    const rows = rowsOf([
      step(1, 1, { rollout: `a${hostile}`, weights: { [`s${hostile}`]: 1, b: 2 }, detail: hostile }),
      verdict('hold', 1, { message: hostile }),
      { ...reading(1, [0, 0], [0, 0]), failed: hostile } as CanaryEvent,
    ]);
    expect(rows.join('')).not.toMatch(/[\u0000-\u001f]/);
  });
});
