import { expect, test } from 'vitest';
import type { Event } from '../../src/core/run/event.ts';
import { eventText } from '../../src/ui/event-text.ts';
import { palette } from '../../src/ui/palette.ts';

const end = (result: 'succeeded' | 'unchanged', unseen?: readonly string[]): Event => ({
  type: 'end',
  outcome: { result, ...(unseen && { unseen }) },
  exitCode: 0,
  counts: {},
});

test('a run is called succeeded or unchanged only if every proxy has answered', () => {
  expect(eventText(end('succeeded'), palette(false))).toBe('succeeded');
  expect(eventText(end('unchanged'), palette(false))).toBe('unchanged');
  expect(eventText(end('succeeded', ['web']), palette(false))).toMatch(
    /^written, not confirmed: web has never answered; /,
  );
  expect(eventText(end('unchanged', ['a', 'b', 'c', 'd', 'e', 'f']), palette(false))).toMatch(
    /^nothing to write, not confirmed: a, b, c, d, e and 1 more have never answered; /,
  );
});
