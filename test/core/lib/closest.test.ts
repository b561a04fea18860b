import { describe, expect, it } from 'vitest';
import { closest } from '../../../src/core/lib/closest.ts';

describe('the word that was probably meant', () => {
  it.each([
    ['revews', ['reviews', 'ratings'], 'reviews'],
    ['reveiws', ['reviews', 'previews'], 'reviews'],
    ['htpp', ['http', 'http2'], 'http'],
    ['glod', ['gold', 'golf'], 'gold'],
    ['REVIEWS', ['reviews'], undefined],
    ['payments', ['reviews'], undefined],
    ['a', ['b'], 'b'],
    ['ab', ['xyz'], undefined],
    ['x', [], undefined],
  ])('%s of %j is %s', (word, candidates, meant) => {
    expect(closest(word, candidates)).toBe(meant);
  });

  it('does not depend on the order of candidates', () => {
    expect(closest('v3', ['v2', 'v1'])).toBe('v1');
    expect(closest('v3', ['v1', 'v2'])).toBe('v1');
  });
});
