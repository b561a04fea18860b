import { expect, test } from 'vitest';
import { canonicalJson } from '../../../src/core/lib/canonical-json.ts';
import { isSameJson } from '../../../src/core/lib/is-same-json.ts';
import type { Json } from '../../../src/core/lib/json.ts';

const values: readonly Json[] = [
  null,
  0,
  1,
  '',
  '1',
  true,
  [],
  [null],
  [1, 2],
  [2, 1],
  [[]],
  {},
  { a: 1 },
  { a: null },
  { a: 1, b: [1, { c: 2 }] },
  { b: [1, { c: 2 }], a: 1 },
  { b: [1, { c: 2, d: undefined }], a: 1 },
  { a: 1, b: [{ c: 2 }, 1] },
  { a: undefined },
  JSON.parse('{"__proto__": 1}') as Json,
  { toString: 1 },
  { length: 0 },
];

test.each(values.map((value) => [canonicalJson(value), value]))(
  '%s is the same as the values with the same canonical JSON, and as no other',
  (text, value) => {
    for (const other of values)
      expect(isSameJson(value, other), canonicalJson(other)).toBe(canonicalJson(other) === text);
  },
);
