import { expect, test } from 'vitest';
import { canaryEventText } from '../../../src/ui/canary/canary-event-text.ts';
import { share } from '../../../src/ui/canary/share.ts';
import { span } from '../../../src/ui/canary/span.ts';
import { palette } from '../../../src/ui/palette.ts';
import { reading, step, verdict } from '../live/canary/rollout-events.ts';

const text = (event: Parameters<typeof canaryEventText>[0]) => canaryEventText(event, palette(false));

test('one line an event', () => {
  expect(text(step(0, 0, { state: 'starting' }))).toBe('shop/reviews-v2: 0 %, starting');
  expect(text(step(3, 25, { state: 'gate', detail: 'mesh canary promote lets it go on' }))).toBe(
    'shop/reviews-v2: step 3 of 5, 25 %, waiting for approval: mesh canary promote lets it go on',
  );
  expect(text(step(1, 1, { weights: { 'shop/a': 1, 'shop/b': 0.5 } }))).toBe(
    'shop/reviews-v2: step 1 of 5, shop/a 1 %, shop/b 0.5 %, watching',
  );
  expect(text(step(1, 0, { state: 'rolling back', weights: {}, detail: 'it fails' }))).toBe(
    'shop/reviews-v2: step 1 of 5, 0 %, rolling back: it fails',
  );
  expect(text(step(1, 0, { state: 'rolled back', weights: {}, detail: 'it fails' }))).toBe(
    'shop/reviews-v2: step 1 of 5, 0 %, rolled back',
  );
  expect(text(reading(5, [1000, 2], [0, 0]))).toBe(
    'shop/reviews-v2:   baseline 1000 requests, 0.20 % bad; candidate 0 requests, – bad',
  );
  expect(text(verdict('fail', 6, { blame: 'mesh' }))).toBe(
    'shop/reviews-v2:   fail: the evidence is E = 12 of 150 (the failures arise between caller and application)',
  );
});

test.each([
  [0, '0 s'],
  [59.4, '59 s'],
  [60, '1 min'],
  [200, '3 min 20 s'],
  [3600, '1 h'],
  [7000, '1 h 56 min'],
  [-5, '0 s'],
])('%d seconds are %s', (seconds, words) => {
  expect(span(seconds)).toBe(words);
});

test.each([
  [0, '0 %'],
  [0.0021, '0.21 %'],
  [0.024, '2.4 %'],
  [0.25, '25 %'],
  [NaN, '–'],
])('a share of %d is %s', (part, words) => {
  expect(share(part)).toBe(words);
});
