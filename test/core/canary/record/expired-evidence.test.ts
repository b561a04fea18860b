import { expect, test } from 'vitest';
import { expiredEvidence } from '../../../../src/core/canary/record/expired-evidence.ts';

test('the evidence of the last three attempts is kept, and evidence of Rollouts without a record expires', () => {
  const keys = [
    'shop.reviews-v2.1',
    'shop.reviews-v2.2',
    'shop.reviews-v2.10',
    'shop.reviews-v2.12',
    'shop.old.1',
  ];
  const records = [{ rollout: 'shop/reviews-v2', attempt: 12 }];
  expect(expiredEvidence(keys, records)).toEqual(['shop.reviews-v2.1', 'shop.reviews-v2.2', 'shop.old.1']);
  expect(expiredEvidence(['shop.reviews-v2.9', 'shop.reviews-v2.10'], records)).toEqual([
    'shop.reviews-v2.9',
  ]);
});

test('a Rollout whose name begins like another one keeps its evidence, and other texts stay', () => {
  const records = [{ rollout: 'shop/reviews', attempt: 1 }];
  expect(expiredEvidence(['shop.reviews.1', 'shop.reviews-v2.1', 'notes', 'a.b.c.1'], records)).toEqual([
    'shop.reviews-v2.1',
  ]);
});
