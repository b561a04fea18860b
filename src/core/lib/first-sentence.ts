/** Returns the text up to the first full stop that ends a sentence. */
export function firstSentence(text: string): string {
  return /^.*?[.](?= [A-Z[]|$)/.exec(text)?.[0] ?? text;
}
