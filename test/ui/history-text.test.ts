import { expect, test } from 'vitest';
import type { HistoryEntry } from '../../src/core/history/entry.ts';
import { historyText } from '../../src/ui/history-text.ts';
import { palette } from '../../src/ui/palette.ts';

const entry = {
  id: '01M8K2K2ANCZZTNA1XF96FMSEZ',
  command: 'rollback',
  rollbackOf: '01M8K2JGQQYDX9CGRXYD8BNB44',
  commit: '5aa95fa55214bc2b',
  outcome: 'succeeded',
  actor: 'root@vm',
  started: '2026-11-29T07:16:26.069Z',
  counts: { create: 0, update: 1, replace: 0, delete: 0, adopt: 0, release: 0 },
} as unknown as HistoryEntry;

test.each([40, 80])('a history breaks between words at %i columns, and loses none', (columns) => {
  const words = (width: number): readonly string[] =>
    historyText('local', [entry], undefined, palette(false), width).split(/\s+/);
  const shown = historyText('local', [entry], undefined, palette(false), columns).split('\n');
  expect(Math.max(...shown.map((line) => line.length))).toBeLessThanOrEqual(columns);
  expect(words(columns)).toEqual(words(Number.POSITIVE_INFINITY));
});
