import { expect, test } from 'vitest';
import { lines } from '../../../src/commands/delivery/follower.ts';
import type { Console } from '../../../src/ports/console.ts';
import { step, verdict } from '../../ui/live/canary/rollout-events.ts';

test('lines print the reason of a rollback once, with the verdict, and remember it', () => {
  const written: string[] = [];
  const console = { error: (text: string) => written.push(text), errorColour: false } as unknown as Console;
  const view = lines({}, { console });
  const reason = 'five times as many errors';
  expect(view.hasSaid?.(reason)).toBe(false);
  view.show(verdict('fail', 6, { message: reason }));
  view.show(step(1, 0, { state: 'rolling back', weights: {}, detail: reason }));
  view.show(step(1, 0, { state: 'rolled back', weights: {}, detail: reason }));
  expect(written).toEqual([
    `shop/reviews-v2:   fail: ${reason}\n`,
    'shop/reviews-v2: step 1 of 5, 0 %, rolling back\n',
    'shop/reviews-v2: step 1 of 5, 0 %, rolled back\n',
  ]);
  expect(view.hasSaid?.(reason)).toBe(true);
});

test('without a verdict the line of the way back prints the reason', () => {
  const written: string[] = [];
  const console = { error: (text: string) => written.push(text), errorColour: false } as unknown as Console;
  const view = lines({}, { console });
  const back = step(1, 0, { state: 'rolling back', weights: {}, detail: 'ann@laptop aborted it' });
  view.show(back);
  view.show(back);
  expect(written.filter((text) => text.includes('aborted'))).toHaveLength(1);
});
