import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Json } from '../../../src/core/targets/artifact.ts';
import { yamlText } from '../../../src/core/targets/yaml-text.ts';

const texts = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    'yes',
    'NO',
    'on',
    'y',
    'null',
    '~',
    '1',
    '0x1f',
    '1_000',
    '012',
    '1e3',
    '12:30',
    '.inf',
    '.nan',
    '=',
    '<<',
    '2026-01-01',
    '- a',
    'a: b',
    'a #b',
    '',
    ' ',
    '\t',
    '---',
    '...',
    '*/*',
    '&a',
    '!a',
    '%a',
    '@a',
    '`a',
    '|',
    '>',
    'a\nb',
    'a\n',
    'a\n\nb\n',
    ' a\nb',
    'a \nb',
    'a\n b\n',
    '\n',
    'a\n\n',
    '${DIR}/a',
    'a: |\n  b',
  ),
); // prettier-ignore
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, false, 0, -1, 1.5, 1e21),
    texts,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(texts, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

test.each(['1.1', '1.2'] as const)('YAML %s reads the same data', (version) => {
  fc.assert(
    fc.property(value, (data) => {
      fc.pre(!JSON.stringify(data).includes('"__proto__"'));
      const read: unknown = parse(yamlText(data), { version, merge: false, maxAliasCount: 0 });
      expect(JSON.stringify(read)).toBe(JSON.stringify(data));
    }),
    { numRuns: 1000 },
  );
});

describe('the form', () => {
  test.each<[string, Json, string]>([
    ['blocks', { a: { b: [{ c: 1, d: [] }, 'e'] }, f: {} }, 'a:\n  b:\n  - c: 1\n    d: []\n  - e\nf: {}\n'],
    ['lists of lists', [[1, [2]], []], '- - 1\n  - - 2\n- []\n'],
    [
      'texts that YAML 1.1 reads as booleans are quoted',
      ['on', 'yes', 'onward'],
      '- "on"\n- "yes"\n- onward\n',
    ],
    [
      'texts that parsers of YAML 1.1 read as numbers are quoted',
      { E0: 'e12', east: 'e2e' },
      '"E0": "e12"\neast: e2e\n',
    ],
    ['texts of several lines are blocks', { a: 'if x\n  y\nend\n' }, 'a: |\n  if x\n    y\n  end\n'],
    [
      'lines that a CI system reads as commands are quoted',
      ['a\n  ::add-mask::b', 'a\nb ##[group]'],
      '- "a\\n  ::add-mask::b"\n- "a\\nb ##[group]"\n',
    ],
    ['absent values are left out', { a: undefined, b: 1 }, 'b: 1\n'],
    [
      'texts like placeholders are escaped',
      { a: '${DIR}/x', b: '${VERSION}' },
      'a: "\\u0024{DIR}/x"\nb: "\\u0024{VERSION}"\n',
    ],
  ])('%s', (_, data, text) => {
    expect(yamlText(data)).toBe(text);
  });
});
