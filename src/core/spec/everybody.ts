/** Words that people write for all callers, and that are no callers of this language. */
const words: ReadonlySet<string> = new Set([
  '*',
  'all',
  'any',
  'anybody',
  'anyone',
  'authenticated',
  'everybody',
  'everyone',
  'public',
]);

/** The spelling of all callers in this language, as the end of a sentence. */
export const everybodySpelling =
  '{authenticated: true} is every caller with a verified identity, {anyone: true} is everybody';

/** Returns the meaning of the caller that a replacement writes for a word, beside the spelling of the other meaning. */
export function everybodyMeaning(replacement: string): string {
  return replacement.includes('authenticated')
    ? 'every caller with a verified identity; {anyone: true} is everybody'
    : 'everybody; {authenticated: true} is every caller with a verified identity';
}

/** Returns true for a word that stands for all callers. */
export function isEverybody(value: unknown): boolean {
  return typeof value === 'string' && words.has(value.toLowerCase());
}

/**
 * Returns the caller that a word for all callers stands for; undefined for any other word. An allow gets the narrower
 * of two meanings, a deny the wider one, unless the word names one of them.
 */
export function everybodyAs(
  word: string,
  isAllowed: boolean,
): { readonly authenticated: true } | { readonly anyone: true } | undefined {
  if (!isEverybody(word)) return undefined;
  const named = word.toLowerCase();
  const isNarrow = named === 'authenticated' || (isAllowed && named !== 'anyone');
  return isNarrow ? { authenticated: true } : { anyone: true };
}
