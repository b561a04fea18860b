import { describe, expect, it } from 'vitest';
import { formatOrigin, originOf } from '../../../src/core/location.ts';
import { locate } from '../../../src/core/source/locate.ts';
import { merge } from '../../../src/core/source/merge.ts';
import { parseSource } from '../../../src/core/source/parse.ts';

function value(file: string, text: string): unknown {
  return parseSource({ file, bytes: new TextEncoder().encode(text) }).documents[0]?.value;
}

function merged(base: string, overlay: string) {
  const vain: string[] = [];
  const result = merge(value('base.yaml', base), value('prod.yaml', overlay), (_, key) => vain.push(key));
  return { result, vain, json: JSON.stringify(result) };
}

describe('an overlay', () => {
  it.each([
    ['maps merge', 'a: {b: 1, c: {d: 2}}', 'a: {c: {e: 3}}', '{"a":{"b":1,"c":{"d":2,"e":3}}}'],
    ['scalars replace', 'a: 1', 'a: x', '{"a":"x"}'],
    ['lists replace', 'a: [1, 2]', 'a: [3]', '{"a":[3]}'],
    ['an empty list replaces a list with names', 'a: [{name: x}]', 'a: []', '{"a":[]}'],
    ['a map replaces a list', 'a: [1]', 'a: {b: 1}', '{"a":{"b":1}}'],
    ['a scalar replaces a map', 'a: {b: 1}', 'a: 1', '{"a":1}'],
    ['null deletes', 'a: 1\nb: 2', 'a: null', '{"b":2}'],
    ['null deletes at any depth', 'a: {b: {c: 1, d: 2}}', 'a: {b: {c: ~}}', '{"a":{"b":{"d":2}}}'],
    [
      'lists merge by name, new entries last',
      'r: [{name: a, x: 1}, {name: b, x: 1}]',
      'r: [{name: c, x: 3}, {name: b, x: 2, y: 4}]',
      '{"r":[{"name":"a","x":1},{"name":"b","x":2,"y":4},{"name":"c","x":3}]}',
    ],
    [
      'a list with one entry without a name replaces',
      'r: [{name: a}, {x: 1}]',
      'r: [{name: b}]',
      '{"r":[{"name":"b"}]}',
    ],
    [
      'ordinary keys with odd names merge',
      '__proto__: {a: 1}',
      '__proto__: {b: 2}',
      '{"__proto__":{"a":1,"b":2}}',
    ],
  ])('%s', (_, base, overlay, expected) => {
    const { json, vain } = merged(base, overlay);
    expect(json).toBe(expected);
    expect(vain).toEqual([]);
  });

  it('that deletes a missing entry reports it', () => {
    const { json, vain } = merged('a: {b: 1}', 'a: {c: null}\nd: {e: null, f: 1}');
    expect(json).toBe('{"a":{"b":1},"d":{"f":1}}');
    expect(vain).toEqual(['c', 'e']);
  });

  it('does not change either value', () => {
    const base = value('base.yaml', 'a: {b: 1}\nr: [{name: x}]');
    const overlay = value('prod.yaml', 'a: {b: 2}\nr: [{name: x, y: null, z: 1}]');
    merge(base, overlay, () => undefined);
    expect(JSON.stringify([base, overlay])).toBe(
      '[{"a":{"b":1},"r":[{"name":"x"}]},{"a":{"b":2},"r":[{"name":"x","y":null,"z":1}]}]',
    );
  });

  it('keeps the place of each value', () => {
    const base = 'a:\n  kept: 1\n  changed: 1\n  list: [1]\nr:\n  - name: x\n    k: 1\n';
    const overlay = 'a:\n\n  changed: 2\n  list: [2]\n  new: 3\nr:\n  - {name: x, m: 4}\n  - {name: y}\n';
    const { result } = merged(base, overlay);
    const { a, r } = result as { a: Record<string, unknown>; r: Record<string, unknown>[] };
    const at = (container: object, key: string | number, part: 'key' | 'value' = 'value') =>
      formatOrigin(originOf(locate(container, key, part)));
    expect(at(result as object, 'a', 'key')).toBe('base.yaml:1:1');
    expect(at(a, 'kept')).toBe('base.yaml:2:9');
    expect(at(a, 'changed', 'key')).toBe('prod.yaml:3:3');
    expect(at(a, 'changed')).toBe('prod.yaml:3:12');
    expect(at(a, 'list')).toBe('prod.yaml:4:9');
    expect(at(a['list'] as object, 0)).toBe('prod.yaml:4:10');
    expect(at(a, 'new', 'key')).toBe('prod.yaml:5:3');
    expect(at(r, 0)).toBe('base.yaml:6:5');
    expect(at(r[0]!, 'k')).toBe('base.yaml:7:8');
    expect(at(r[0]!, 'm')).toBe('prod.yaml:7:18');
    expect(at(r[1]!, 'name')).toBe('prod.yaml:8:12');
  });
});
