import { expect, test } from 'vitest';
import { lines } from '../../../src/commands/delivery/follower.ts';
import type { Console } from '../../../src/ports/console.ts';
import { step, verdict } from '../../ui/live/canary/rollout-events.ts';

test('a verdict gets a line if it or its reason is news', () => {
  const told: string[] = [];
  const console = { errorColour: false, error: (text: string) => told.push(text) } as Partial<Console>;
  const follower = lines({}, { console: console as Console });
  const events = [
    step(1, 1),
    verdict('watching', 1),
    verdict('watching', 2),
    verdict('hold', 3),
    verdict('watching', 1),
  ];
  for (const event of events) follower.show(event);
  expect(told).toEqual([
    'shop/reviews-v2: step 1 of 5, 1 %, watching\n',
    'shop/reviews-v2:   watching: the evidence is E = 12 of 150\n',
    'shop/reviews-v2:   hold: the evidence is E = 12 of 150\n',
    'shop/reviews-v2:   watching: the evidence is E = 12 of 150\n',
  ]);
});
