import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldChanges } from '../../../src/core/plan/field-changes.ts';
import type { Json } from '../../../src/core/targets/artifact.ts';

describe('fields that differ', () => {
  const cases: readonly (readonly [string, Json, Json, readonly object[]])[] = [
    ['a value', { a: 1 }, { a: 2 }, [{ path: 'a', before: 1, after: 2 }]],
    ['an added field', {}, { a: { b: 1 } }, [{ path: 'a', after: { b: 1 } }]],
    ['a removed field', { a: [1] }, {}, [{ path: 'a', before: [1] }]],
    [
      'entries by name',
      [
        { name: 'x', w: 1 },
        { name: 'y', w: 2 },
      ],
      [
        { name: 'x', w: 1 },
        { name: 'y', w: 3 },
      ],
      [{ path: '[y].w', before: 2, after: 3 }],
    ],
    [
      'an entry inserted before named ones',
      { l: [{ name: 'b' }] },
      { l: [{ name: 'a' }, { name: 'b' }] },
      [{ path: 'l[a]', after: { name: 'a' } }],
    ],
    [
      'named entries that are swapped',
      [{ name: 'a' }, { name: 'b' }],
      [{ name: 'b' }, { name: 'a' }],
      [{ path: ' (order)', before: ['a', 'b'], after: ['b', 'a'] }],
    ],
    [
      'entries without names by position',
      { r: [{ m: 1 }, { m: 2 }] },
      { r: [{ m: 1 }, { m: 3 }] },
      [{ path: 'r[1].m', before: 2, after: 3 }],
    ],
    [
      'a second entry with the same name has a number',
      [
        { name: 'a', v: 1 },
        { name: 'a', v: 2 },
      ],
      [
        { name: 'a', v: 1 },
        { name: 'a', v: 3 },
      ],
      [{ path: '[a (2)].v', before: 2, after: 3 }],
    ],
    [
      'texts by their value, so that a removed one is one change',
      { hosts: ['a', 'b', 'c'] },
      { hosts: ['b', 'c'] },
      [{ path: 'hosts[a]', before: 'a' }],
    ],
    [
      'ports by number',
      [
        { number: 80, t: 1 },
        { number: 443, t: 1 },
      ],
      [{ number: 443, t: 2 }],
      [
        { path: '[80]', before: { number: 80, t: 1 } },
        { path: '[443].t', before: 1, after: 2 },
      ],
    ],
    ['keys with special characters', { 'a.b': 1 }, { 'a.b': 2 }, [{ path: '"a.b"', before: 1, after: 2 }]],
    [
      'a key with the name of an inherited property',
      { constructor: 1 },
      {},
      [{ path: 'constructor', before: 1 }],
    ],
    ['another type', { a: [1] }, { a: { 0: 1 } }, [{ path: 'a', before: [1], after: { 0: 1 } }]],
  ];
  test.each(cases)('%s', (_, before, after, expected) => {
    expect(fieldChanges(before, after)).toEqual(expected);
  });
});

const json = fc.jsonValue({ maxDepth: 3, noUnicodeString: true }) as fc.Arbitrary<Json>;

test('values have no changed fields exactly if they are equal', () => {
  fc.assert(
    fc.property(json, json, (before, after) => {
      expect(fieldChanges(before, before)).toEqual([]);
      expect(fieldChanges(before, after).length === 0).toBe(same(before, after));
    }),
  );
});

function same(a: Json, b: Json): boolean {
  try {
    expect(a).toStrictEqual(b);
    return true;
  } catch {
    return false;
  }
}
