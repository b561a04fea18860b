/** Returns `1 error` or `2 errors`; pass a `plural` that isn't the word with an s. */
export function quantity(number: number, word: string, plural = `${word}s`): string {
  return `${String(number)} ${number === 1 ? word : plural}`;
}
