import { openMarks } from '../source/open-marks.ts';
import { parseSource } from '../source/parse.ts';

/** A place in a document where a word is being typed. */
export interface Cursor {
  readonly document: unknown;
  /** Keys and indices of the map, list or value around the word. */
  readonly path: readonly (string | number)[];
  /** `key`: the word is a key of the map at the path; `value`: the word is the value at the path. */
  readonly part: 'key' | 'value';
}

/** A placeholder for the word that is being typed, so that the document is valid YAML. */
const placeholder = 'placeholder-of-the-word-at-the-cursor';

/** The text before the cursor that belongs to the word. */
const wordAtEnd = /[\w./-]*$/;

/** Returns the length of the word that ends at the end of a text. */
export function wordLength(text: string): number {
  return wordAtEnd.exec(text)?.[0].length ?? 0;
}

/**
 * Returns the places that a cursor may have, from the text before the cursor alone, since a text that is being typed is
 * seldom valid. Reads the last document of the text.
 */
export function cursors(text: string): readonly Cursor[] {
  const begin = [...text.matchAll(/^---.*$/gm)].at(-1)?.index ?? 0;
  const before = text.slice(begin).replace(wordAtEnd, '');
  const closing = openMarks(before, before.length)
    .map(({ character }) => closers[character] ?? '')
    .reverse()
    .join('');
  return ([`${placeholder}: `, placeholder] as const).flatMap((word) => {
    const bytes = new TextEncoder().encode(`${before}${word}${closing}\n`);
    const { documents } = parseSource({ file: '', bytes });
    const document = documents.at(-1)?.value;
    const found = search(document, []);
    return found === undefined ? [] : [{ document, ...found }];
  });
}

const closers: Readonly<Record<string, string>> = { '[': ']', '{': '}', '"': '"', "'": "'" };

function search(value: unknown, path: readonly (string | number)[]): Omit<Cursor, 'document'> | undefined {
  if (value === placeholder) return { path, part: 'value' };
  if (typeof value !== 'object' || value === null) return undefined;
  for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    if (key === placeholder) return { path, part: 'key' };
    const inner = search((value as Readonly<Record<string | number, unknown>>)[key], [...path, key]);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
