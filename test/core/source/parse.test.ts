import { describe, expect, it } from 'vitest';
import { formatOrigin } from '../../../src/core/location.ts';
import { originAt } from '../../../src/core/source/locate.ts';
import { read } from './read.ts';

const lines = (...text: string[]) => `${text.join('\n')}\n`;

describe('values', () => {
  it('follow the core schema of YAML 1.2', () => {
    const text = lines(
      'strings: [yes, on, No, 0777x, 1:30, "1", \'x\', 2001-12-14, 0b1, 1_000, !!str 5, ! 6]',
      'numbers: [12, -3, +4, 0x1F, 0o17, 17, 1.5, .5, 1e3, -0]',
      'truth: [true, False, TRUE]',
      'nothing: [null, ~, Null, !!null "", ]',
      'empty:',
      'folded: >-',
      '  a',
      '  b',
      'literal: |',
      '  a',
      '   b',
    );
    const { values, found } = read(text);
    expect(found).toEqual([]);
    expect(JSON.parse(JSON.stringify(values))).toEqual([
      {
        strings: ['yes', 'on', 'No', '0777x', '1:30', '1', 'x', '2001-12-14', '0b1', '1_000', '5', '6'],
        numbers: [12, -3, 4, 31, 15, 17, 1.5, 0.5, 1000, 0],
        truth: [true, false, true],
        nothing: [null, null, null, null],
        empty: null,
        folded: 'a b',
        literal: 'a\n b\n',
      },
    ]);
  });

  it('are in objects without a prototype, whose only keys are those of the file', () => {
    const { values } = read('__proto__: {polluted: true}\nconstructor: 1\ntoString: 2\n');
    const [value] = values as [Record<string, unknown>];
    expect(Object.getPrototypeOf(value)).toBe(null);
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(Object.keys(value['__proto__'] as object)).toEqual(['polluted']);
    expect(({} as Record<string, unknown>)['polluted']).toBe(undefined);
  });

  it('do not show the places noted for them', () => {
    const [value] = read('a: {b: [1]}').values as [Record<string, unknown>];
    expect(Object.getOwnPropertyNames(value)).toEqual(['a']);
    expect(JSON.stringify({ ...value })).toBe('{"a":{"b":[1]}}');
    expect(Object.getOwnPropertySymbols({ ...value })).toEqual([]);
  });

  it('come from every document of a file, including empty ones', () => {
    const { values, documents } = read('# nothing\n---\na: 1\n---\n---\n- b\n...\n%YAML 1.2\n---\nc\n');
    expect(JSON.stringify(values)).toBe('[{"a":1},null,["b"],"c"]');
    expect(documents.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(documents.map(({ location }) => location.range.start.line)).toEqual([3, 3, 6, 10]);
    expect(read('').values).toEqual([]);
    expect(read('# only a comment\n').values).toEqual([]);
  });

  it('of an alias are those of its anchor, once', () => {
    const [value] = read('a: &x {k: [1]}\nb: *x\n&y c: *y\n').values as [Record<string, unknown>];
    expect(value['b']).toBe(value['a']);
    expect(value['c']).toBe('c');
  });

  it('have numbers and booleans as keys if they print as they are written', () => {
    expect(JSON.stringify(read('80: a\ntrue: b\n1.5: c\n').values)).toBe('[{"80":"a","true":"b","1.5":"c"}]');
  });
});

describe('encodings and line ends', () => {
  it('skips a byte order mark without counting it', () => {
    const { values, found } = read('\ufeffa: 1\na: 2\n');
    expect(JSON.stringify(values)).toBe('[{"a":1}]');
    expect(found).toEqual(['MESH1006 2:1-2:2']);
  });

  it.each([
    ['a stray byte', [0x61, 0x3a, 0x20, 0xc3, 0xa9, 0x0a, 0x62, 0xff, 0x61], 'MESH1000 2:2-2:3'],
    ['a sequence cut short at the end', [0x61, 0x0a, 0xe2, 0x82], 'MESH1000 2:1-2:2'],
    ['an overlong slash', [0x61, 0xc0, 0xaf], 'MESH1000 1:2-1:3'],
    ['a surrogate', [0x61, 0x62, 0xed, 0xa0, 0x80], 'MESH1000 1:3-1:4'],
    ['UTF-16', [0xff, 0xfe, 0x61, 0x00], 'MESH1000 1:1-1:2'],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80], 'MESH1000 1:1-1:2'],
  ])('names the first bad byte: %s', (_, bytes, expected) => {
    expect(read(Uint8Array.from(bytes)).found).toEqual([expected]);
  });

  it('counts columns in UTF-16 units and reads CR, LF and CR LF as line breaks', () => {
    expect(read('"😀é": *a\r\nb: *c\rd: *e\n').found).toEqual([
      'MESH1007 1:8-1:10',
      'MESH1007 2:4-2:6',
      'MESH1007 3:4-3:6',
    ]);
  });
});

/** A row for each possible error in a text: its name, the text, the findings. */
const wrong: readonly [string, string, readonly string[]][] = [
  ['NUL', 'a: 1\nb\0: 2\n', ['MESH1001 2:2-2:3']],
  ['an escape character', 'a: "\x1b[31m"\n', ['MESH1001 1:5-1:6']],
  ['a C1 control character', 'a: \u0085\n# \u009b31m\n', ['MESH1001 2:3-2:4']],
  ['a byte order mark inside', 'a: 1\n\ufeffb: 2\n', ['MESH1001 2:1-2:2']],
  [
    'merge markers, and no other error of the text',
    '<<<<<<< HEAD\na: 1\n=======\na: [\n>>>>>>> x\n',
    ['MESH1002 1:1-1:8'],
  ],
  [
    'two conflicts',
    lines('a: 1', '<<<<<<< a', '>>>>>>> b', '<<<<<<< a', '>>>>>>> b'),
    ['MESH1002 2:1-2:8', 'MESH1002 4:1-4:8'],
  ],
  ['a lone end of a conflict', lines('a: 1', '>>>>>>> b'), ['MESH1002 2:1-2:8']],
  ['an unclosed list', 'a: [1, 2\nb: 3\n', ['MESH1003 1:4-1:5']],
  ['an unclosed quote', 'a: "x\n', ['MESH1003 1:4-1:5']],
  ['bad indentation', lines('a:', '    b: 1', '  c: 2'), ['MESH1003 3:3-3:7']],
  ['a tab as indentation', 'a:\n\tb: 1\n', ['MESH1004 2:1-2:2']],
  ['a tab after spaces', 'a:\n  b: 1\n  \tc: 1\n', ['MESH1004 3:3-3:4']],
  ['a tab within brackets, which YAML allows', 'a: [\n\t1,\n  2]\n', ['MESH1004 2:1-2:2']],
  ['101 levels', `${'['.repeat(100)}x${']'.repeat(100)}`, ['MESH1005 1:101-1:101']],
  ['a duplicate key', 'a: 1\nb: 2\na: 3\n', ['MESH1006 3:1-3:2']],
  ['1 and "1"', 'x:\n  1: a\n  "1": b\n', ['MESH1006 3:3-3:6']],
  ['a duplicate key in another spelling', '"a": 1\n? "\\x61"\n: 2\n', ['MESH1006 2:3-2:9']],
  ['an unresolved alias', 'a: *b\n', ['MESH1007 1:4-1:6']],
  ['an anchor of another document', 'a: &x 1\n---\nb: *x\n', ['MESH1007 3:4-3:6']],
  ['an alias before its anchor', 'a: *x\nb: &x 1\n', ['MESH1007 1:4-1:6']],
  ['an alias inside its value', 'a: &x [1, *x]\n', ['MESH1010 1:11-1:13']],
  ['a merge key', 'a: &x {b: 1}\nc:\n  <<: *x\n', ['MESH1011 3:3-3:5']],
  ['a list as key', '? [a]\n: b\n', ['MESH1012 1:3-1:6']],
  ['an alias of a map as key', 'a: &x {b: 1}\n*x : 2\n', ['MESH1012 2:1-2:3']],
  ['a template that was not filled in', 'a: {{ .Values.x }}\n', ['MESH1061 1:4-1:18']],
  ['a key that reads as another number', '0x10: a\n', ['MESH1012 1:1-1:5']],
  ['a key that is null', '~: a\n', ['MESH1012 1:1-1:2']],
  ['an unknown tag', 'a: !secret b\n', ['MESH1013 1:4-1:11']],
  ['a tag of another type of node', 'a: !!map [1]\n', ['MESH1013 1:4-1:9']],
  ['infinity', 'a: .inf\nb: -.INF\nc: .nan\n', ['MESH1014 1:4-1:8', 'MESH1014 2:4-2:9', 'MESH1014 3:4-3:8']],
  [
    'a number beyond the range of a double',
    `a: 1e400\nb: ${'9'.repeat(400)}\n`,
    ['MESH1014 1:4-1:9', 'MESH1014 2:4-2:404'],
  ],
  ['an integer beyond 2^53', 'a: 9007199254740993\n', ['MESH1014 1:4-1:20']],
  [
    'a number that begins with a zero',
    'a: 0120\nb: -07\nc: 080\nd: 00\n',
    ['MESH2074 1:4-1:8', 'MESH2074 2:4-2:7', 'MESH2074 3:4-3:7', 'MESH2074 4:4-4:6'],
  ],
  ['numbers that all parsers read alike', 'a: 0\nb: 0.5\nc: "0120"\nd: 0o17\ne: 0x10\nf: 100\n', []],
  ['a value that does not fit its tag', 'a: !!int x\n', ['MESH1015 1:10-1:11']],
];

describe('mistakes in a text', () => {
  it.each(wrong)('%s', (_, text, expected) => {
    expect(read(text).found).toEqual(expected);
  });

  it('has messages that are short enough to read', () => {
    const { diagnostics } = read(
      `${'k'.repeat(5000)}: 1\n${'k'.repeat(5000)}: 2\nb: *${'x'.repeat(5000)}\nc: "\u0085"\n`,
    );
    expect(diagnostics.map(({ message }) => message.length < 140)).toEqual([true, true]);
  });

  it('are all reported if one file has several', () => {
    expect(read(lines('a: b: c', 'd: 1', 'e: "x" y')).found.map((line) => line.slice(0, 11))).toEqual([
      'MESH1003 1:',
      'MESH1003 3:',
    ]);
  });

  it('points from a duplicate key to the first one', () => {
    const [diagnostic] = read('a:\n  k: 1\n  l: 2\n  k: 3\n').diagnostics;
    expect(diagnostic?.related.map(({ location }) => location.range.start)).toEqual([{ line: 2, column: 3 }]);
  });

  it('does not report tabs in texts, in comments or between words', () => {
    expect(read('a: |\n  x\n  \ty\n# c\n \t# d\nb:\t1\nc: "x\n \ty"\n\t\n').found).toEqual([]);
  });

  it('is also reported in the last document if the first is valid', () => {
    const { values, found } = read('a: 1\n---\nb: *x\n');
    expect(values).toHaveLength(2);
    expect(found).toEqual(['MESH1007 3:4-3:6']);
  });
});

describe('aliases', () => {
  it('are limited to a thousand in a file', () => {
    const text = (count: number) => `a: &a 1\nb: [${Array.from({ length: count }, () => '*a').join(', ')}]\n`;
    expect(read(text(1000)).found).toEqual([]);
    expect(read(text(1001)).found).toEqual(['MESH1008 2:4005-2:4007']);
  });

  it('of a bomb are reported once, and are not expanded', () => {
    const levels = Array.from(
      { length: 30 },
      (_, i) => `l${String(i + 1)}: &l${String(i + 1)} [*l${String(i)}, *l${String(i)}]`,
    );
    // Two to the power of thirty values fit in no memory.
    const { found } = read(['l0: &l0 [x, x]', ...levels].join('\n'));
    expect(found.map((line) => line.slice(0, 8))).toEqual(['MESH1009']);
  });

  it('and brackets may nest a hundred levels, including the innermost value', () => {
    expect(read(`${'['.repeat(99)}x${']'.repeat(99)}`).found).toEqual([]);
    const nested = (levels: number) =>
      `a: &a ${'['.repeat(50)}x${']'.repeat(50)}\nb: ${'['.repeat(levels)}*a${']'.repeat(levels)}`;
    expect(read(nested(48)).found).toEqual([]);
    expect(read(nested(49)).found).toEqual(['MESH1005 2:53-2:55']);
  });

  it('may not nest values deeper than brackets may', () => {
    const chain = Array.from(
      { length: 10 },
      (_, i) => `c${String(i + 1)}: &c${String(i + 1)} ${'['.repeat(20)}*c${String(i)}${']'.repeat(20)}`,
    );
    const { found } = read(['c0: &c0 [1]', ...chain].join('\n'));
    expect(found[0]?.slice(0, 10)).toBe('MESH1005 6');
  });
});

describe('places', () => {
  const text = lines(
    'a:',
    '  b: [1, {c: "x y"}]',
    '  "quoted key": |  # why',
    '    text',
    '  none:',
    '  list:',
    '    - first',
    '    -',
    '    # - not this one',
    '    - &anchor third',
    '    - *anchor',
  );
  const [root] = read(text).values as [{ a: Record<string, object> }];
  const at = (container: object, key?: string | number, part?: 'key' | 'value') =>
    formatOrigin(originAt(container, key, part));

  it('are those of keys and values', () => {
    expect(at(root, 'a', 'key')).toBe('f.yaml:1:1');
    expect(at(root, 'a')).toBe('f.yaml:2:3');
    expect(at(root.a, 'b', 'key')).toBe('f.yaml:2:3');
    expect(at(root.a, 'b')).toBe('f.yaml:2:6');
    expect(at(root.a['b'] as object, 1)).toBe('f.yaml:2:10');
    expect(at((root.a['b'] as object[])[1] as object, 'c')).toBe('f.yaml:2:14');
    expect(at(root.a, 'quoted key', 'key')).toBe('f.yaml:3:3');
  });

  it('of a block scalar are at its header', () => expect(at(root.a, 'quoted key')).toBe('f.yaml:3:17'));

  it('of an empty value are at its key or dash', () => {
    expect(at(root.a, 'none')).toBe('f.yaml:5:3');
    expect(at(root.a['list'] as object, 1)).toBe('f.yaml:8:5');
  });

  it('of anchored and aliased items are their own', () => {
    expect(at(root.a['list'] as object, 2)).toBe('f.yaml:10:15');
    expect(at(root.a['list'] as object, 3)).toBe('f.yaml:11:7');
  });

  it('of a missing entry are those of the container', () => {
    expect(at(root.a, 'missing')).toBe('f.yaml:2:3');
    expect(at(root)).toBe('f.yaml:1:1');
  });
});
