import { closest } from './closest.ts';

/**
 * Returns the end of a sentence about an unknown word: the closest known word, or else all known words if they are few.
 */
export function didYouMean(word: string, known: readonly string[]): string {
  const nearest = closest(word, known);
  if (nearest !== undefined) return `; did you mean "${nearest}"?`;
  return known.length > 0 && known.length <= 12 ? ` (known: ${known.join(', ')})` : '';
}
