/** `1 error`, `2 errors`; the plural is given where it isn't the word with an s. */
export function quantity(number: number, word: string, plural = `${word}s`): string {
  return `${String(number)} ${number === 1 ? word : plural}`;
}
