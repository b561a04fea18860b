import type { FoundKey } from './found-key.ts';

/** Matches a run of base64, on one line or wrapped over several, as in the Secret of a cluster. */
const run = /[A-Za-z0-9+/]{44,}(?:\s{1,64}[A-Za-z0-9+/]{16,})*={0,2}/g;

/**
 * The longest run that is decoded whole, longer than any file with a key; of a longer one, such as a picture, only the
 * start is decoded.
 */
const longest = 1 << 18;

/** Finds base64-encoded keys; `keyIn` returns the kind of key in a decoded text (one character for each byte). */
export function encodedKeys(text: string, keyIn: (text: string) => string | undefined): readonly FoundKey[] {
  return [...text.matchAll(run)].flatMap(({ 0: encoded, index }) => {
    const letters = encoded.slice(0, longest).replace(/[\s=]/g, '');
    const inside = atob(letters.slice(0, letters.length - (letters.length % 4)));
    const what = keyIn(inside);
    return what === undefined
      ? []
      : [{ what: `${what}, base64-encoded`, start: index, end: index + encoded.length }];
  });
}
