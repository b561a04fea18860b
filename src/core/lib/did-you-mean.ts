import { closest } from './closest.ts';

/** The end of a sentence about a word that is not known: what was probably meant, or else all that there is if that is little. */
export function didYouMean(word: string, known: readonly string[]): string {
  const nearest = closest(word, known);
  if (nearest !== undefined) return `; did you mean "${nearest}"?`;
  return known.length > 0 && known.length <= 12 ? ` (known: ${known.join(', ')})` : '';
}
