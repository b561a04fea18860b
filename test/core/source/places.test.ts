import { expect, test } from 'vitest';
import { locate } from '../../../src/core/source/locate.ts';
import { parseSource } from '../../../src/core/source/parse.ts';
import { recall, remember } from '../../../src/core/source/remembered.ts';

const many = Array.from({ length: 40 }, (_, i) => `k${String(i)}`);

/** A map with one key on each line. */
function source(keys: readonly string[]) {
  const text = keys.map((key) => `${key}: [${key}, x]\n`).join('');
  return { file: 'a.yaml', bytes: new TextEncoder().encode(text) };
}

/** Returns the lines of keys and of the second items of their values. */
function lines(value: unknown, keys: readonly string[]) {
  const map = value as Readonly<Record<string, readonly unknown[]>>;
  return keys.map((key) => {
    const item = locate(map[key] ?? [], 1);
    return [locate(map, key, 'key').range.start.line, item.range.start.line, item.range.start.column];
  });
}

// Objects list numbers before other keys.
test.each([
  ['a few keys', ['b', 'a']],
  ['numbers among the keys', ['b', '2', '1', 'a']],
  ['many keys', many],
  ['many keys with numbers', [...many, '7', '3']],
])('the places of entries are those of the file: %s', (_, keys) => {
  const expected = keys.map((key, line) => [line + 1, line + 1, 2 * key.length + 6]);
  const read = source(keys);
  const parsed = parseSource(read);
  expect(lines(parsed.documents[0]?.value, keys)).toEqual(expected);
  const remembered = remember(parsed);
  if (remembered === undefined) {
    expect(keys.some((key) => /^\d/.test(key))).toBe(true);
    return;
  }
  const recalled = recall(read, remembered);
  expect(lines(recalled?.documents[0]?.value, keys)).toEqual(expected);
});
