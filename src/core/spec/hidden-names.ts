/**
 * Names that may be defined in text that could not be read as documents: a reference to one of them may be right.
 * Compares letters and digits alone, without case, since a name that violates the schema hides the name that is meant.
 */
export class HiddenNames {
  readonly #words = new Set<string>();
  #hasAny = false;

  /** Says that files or environments are missing, so that any name may be defined. */
  addAny(): void {
    this.#hasAny = true;
  }

  /** Adds every word of a text that could not be parsed. An escape could spell any name. */
  addText(text: string): void {
    if (/\\[xuU][0-9A-Fa-f]/.test(text)) this.addAny();
    for (const [word] of text.matchAll(/[\p{L}\p{N}_.-]+/gu))
      for (const part of [word, ...word.split('.')]) this.#words.add(plain(part));
  }

  /** Adds every text and every key in a value. */
  addValue(value: unknown): void {
    if (typeof value === 'string') this.addText(value);
    if (typeof value !== 'object' || value === null) return;
    for (const key of Object.keys(value)) {
      if (!Array.isArray(value)) this.addText(key);
      this.addValue((value as Readonly<Record<string, unknown>>)[key]);
    }
  }

  has(name: string): boolean {
    return this.#hasAny || this.#words.has(plain(name));
  }
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}
