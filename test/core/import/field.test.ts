import { describe, expect, test } from 'vitest';
import { pathName } from '../../../src/core/import/field.ts';
import { ledgerOf } from '../../../src/core/import/ledger.ts';
import { nativeFiles } from '../../../src/core/import/native-files.ts';

function read(text: string) {
  const files = nativeFiles([{ file: 'a.yaml', bytes: new TextEncoder().encode(text) }]);
  const [document] = files.documents;
  if (document === undefined) throw new Error('the text has no document');
  const fates = (): Readonly<Record<string, string>> =>
    Object.fromEntries(ledgerOf(document).map(({ path, fate }) => [pathName(path), fate.type]));
  return { root: document.root, fates, diagnostics: files.diagnostics };
}

describe('the reading cursor', () => {
  test('a field that no call marks is unaccounted for', () => {
    const { root, fates } = read('spec: {host: a, port: 80, tls: {mode: SIMPLE}}');
    expect(root.along('spec', 'host').text()).toBe('a');
    expect(fates()).toEqual({
      'spec.host': 'carried',
      'spec.port': 'unaccounted',
      'spec.tls.mode': 'unaccounted',
    });
  });

  test('a field that is not there reads as undefined and has no entry', () => {
    const { root, fates } = read('spec: {}');
    expect(root.along('spec', 'a', 'b').text()).toBeUndefined();
    expect(root.along('spec', 'a').items()).toEqual([]);
    root.along('spec', 'a').lost({ callers: 'x' });
    expect(fates()).toEqual({ spec: 'without effect' });
  });

  test('an empty map is a field of its own, but for an empty specification, which says nothing', () => {
    expect(read('spec: {}').fates()).toEqual({ spec: 'without effect' });
    expect(read('spec: {rules: {}}').fates()).toEqual({ 'spec.rules': 'unaccounted' });
  });

  test('a text where a reader looks for a map or a list is an error, and lost', () => {
    const { root, fates, diagnostics } = read('spec: {meta: a, rules: [b], other: {c: 1}}');
    root.along('spec', 'meta', 'name').text();
    for (const rule of root.along('spec', 'rules').items()) rule.at('path').text();
    root.along('spec', 'other').item(0);
    expect(fates()).toEqual({ 'spec.meta': 'lost', 'spec.rules[0]': 'lost', 'spec.other.c': 'lost' });
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'MESH7002 spec.meta of document should be a map',
      'MESH7002 spec.rules[0] of document should be a map',
      'MESH7002 spec.other of document should be a list',
    ]);
  });

  test('a label that Kubernetes refuses is an error, and left out', () => {
    const { root, fates, diagnostics } = read('a: {app: web, tier: 100%, "{{ x }}": b, empty: ""}');
    expect(root.at('a').labels()).toEqual({ app: 'web', empty: '' });
    expect(fates()).toMatchObject({ 'a.app': 'carried', 'a.tier': 'lost', 'a["{{ x }}"]': 'lost' });
    expect(diagnostics).toHaveLength(2);
  });

  test('null is the same as leaving the field out', () => {
    const { root, fates } = read('spec: {a: null}');
    expect(root.along('spec', 'a').text()).toBeUndefined();
    expect(root.along('spec', 'a').isPresent).toBe(false);
    expect(fates()).toEqual({ 'spec.a': 'without effect' });
  });

  test('an inherited name is no field', () => {
    const { root } = read('spec: {a: 1}');
    expect(root.along('spec', 'constructor').isPresent).toBe(false);
    expect(root.along('spec', '__proto__').isPresent).toBe(false);
  });

  test('lost wins over what was read below, and over without effect of the same field', () => {
    const { root, fates } = read('a: {b: 1, c: 2}\nd: 3');
    root.along('a', 'b').number();
    root.at('a').withoutEffect('y');
    root.at('a').lost({ callers: 'x' });
    root.at('d').withoutEffect('y');
    root.at('d').number();
    expect(fates()).toEqual({ 'a.b': 'lost', 'a.c': 'lost', d: 'carried' });
  });

  test('the nearest mark decides between carried and without effect', () => {
    const { root, fates } = read('a: {b: 1, c: 2}');
    root.at('a').withoutEffect('y');
    root.along('a', 'b').number();
    expect(fates()).toEqual({ 'a.b': 'carried', 'a.c': 'without effect' });
  });

  test('a difference of a container wins over what was read below, and less than what is lost there', () => {
    const { root, fates } = read('a: {b: 1, c: 2, d: 3}');
    root.along('a', 'b').number();
    root.along('a', 'c').lost({ callers: 'x' });
    root.at('a').differently({ callers: 'y' });
    expect(fates()).toEqual({ 'a.b': 'carried differently', 'a.c': 'lost', 'a.d': 'carried differently' });
  });

  test('the same field read twice has one entry', () => {
    const { root, fates } = read('a: [x, y]');
    expect(root.at('a').texts()).toEqual(['x', 'y']);
    expect(root.at('a').item(0).text()).toBe('x');
    expect(fates()).toEqual({ 'a[0]': 'carried', 'a[1]': 'carried' });
  });

  test.each([
    ['a: [1]', 'a text', (field: ReturnType<typeof read>['root']) => field.text()],
    ['a: {b: 1}', 'a list', (field: ReturnType<typeof read>['root']) => field.items()],
    ['a: x', 'a map', (field: ReturnType<typeof read>['root']) => field.entries()],
    ['a: 0', 'a port from 1 to 65535', (field: ReturnType<typeof read>['root']) => field.port()],
    ['a: 80.5', 'a port from 1 to 65535', (field: ReturnType<typeof read>['root']) => field.port()],
  ])('%s is reported where %s is expected, and lost', (text, expected, get) => {
    const { root, fates, diagnostics } = read(text);
    get(root.at('a'));
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['MESH7002', `a of document should be ${expected}`],
    ]);
    expect(Object.values(fates())).toEqual(['lost']);
  });

  test('an empty list or map that was read is carried', () => {
    const { root, fates } = read('a: []\nb: {}\nc: []');
    root.at('a').items();
    root.at('b').entries();
    expect(fates()).toEqual({ a: 'carried', b: 'carried', c: 'unaccounted' });
  });

  test('the place of a field is that of its value in the file', () => {
    const { root } = read('a:\n  - b: 1');
    expect(root.at('a').item(0).at('b').location.range.start).toEqual({ line: 2, column: 8 });
  });
});
