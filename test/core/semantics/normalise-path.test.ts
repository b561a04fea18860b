import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normalisePath } from '../../../src/core/semantics/normalise-path.ts';

describe('encoded letters, digits and -._~ decoded', () => {
  test.each([
    ['/%61%7A%5a%41', '/azZA'],
    ['/%30%39', '/09'],
    ['/%2d%2E%5F%7e', '/-._~'],
    ['/%7Euser', '/~user'],
  ])('%s is %s', (sent, normal) => expect(normalisePath(sent)).toBe(normal));

  test.each(['/%20', '/%25', '/%2a', '/%e4', '/%3F', '/%26', '/%40', '/%5B', '/%60', '/%7b', '/%2c'])(
    '%s stays: it encodes another character',
    (sent) => expect(normalisePath(sent)).toBe(sent),
  );

  test.each(['/100%', '/%', '/%4', '/%zz', '/%g1'])('%s stays: it encodes nothing', (sent) =>
    expect(normalisePath(sent)).toBe(sent),
  );

  test('an encoded % is not decoded, so nothing is decoded twice', () => {
    expect(normalisePath('/%2561')).toBe('/%2561');
    expect(normalisePath('/%252e%252e/a')).toBe('/%252e%252e/a');
  });
});

describe('\\ made /, dot segments resolved, then // merged', () => {
  test.each([
    ['/a\\b', '/a/b'],
    ['/a\\\\b', '/a/b'],
    ['/a/./b', '/a/b'],
    ['/a/../b', '/b'],
    ['/a/b/..', '/a/'],
    ['/a/.', '/a/'],
    ['/..', '/'],
    ['/../../a', '/a'],
    ['/a/..b/.c/...', '/a/..b/.c/...'],
    ['//', '/'],
    ['//a///b//', '/a/b/'],
    ['/%2e%2e/a', '/a'],
    ['/a/%2E/b', '/a/b'],
    ['/a\\..\\b', '/b'],
    // Dot segments are resolved before slashes are merged: `..` removes the empty segment.
    ['/a//../b', '/a/b'],
    ['/', '/'],
    // Applications that cut parameters off segments must see the same path as the rules.
    ['/public/..;/admin', '/admin'],
    ['/a/.;x=1/b', '/a/b'],
    ['/a/b;x/../c', '/a/c'],
    ['/a/..;', '/'],
    ['/a//..;x/b', '/a/b'],
    // The parameters of a dot segment end at a slash and are removed with it.
    ['/a/b/..;x;y/c', '/a/c'],
    ['/a/..;x%00/b', '/b'],
    ['/a/..;x\\b', '/'],
    ['/a/..%3Bx/b', '/a/..%3Bx/b'],
    ['/a/%2e;x/../b', '/a/b'],
    ['/a/..b;x', '/a/..b;x'],
    ['/a;..', '/a;..'],
  ])('%s is %s', (sent, normal) => expect(normalisePath(sent)).toBe(normal));
});

describe('a path with an encoded slash or backslash, %00 or # is refused', () => {
  test.each([
    '/a/..;x%2F/b',
    '/a/..;x#/b',
    '/a%2Fb',
    '/a%2fb',
    '/a%5Cb',
    '/a%5cb',
    '/a%00',
    '/a#b',
    '/a\0',
    'a',
    '',
    '*',
    'http://a/b',
  ])('%j', (sent) => expect(normalisePath(sent)).toBeUndefined());

  test.each(['/a b', '/a\tb', '/ä', '/a\u007f'])('%j is not in any request line', (sent) =>
    expect(normalisePath(sent)).toBeUndefined(),
  );
});

/** The page: "a segment `.` or `..` before a `;` is a dot segment, and refused when its dots are written encoded". */
describe('dots before a ; that are encoded, or come after a backslash, are refused', () => {
  test.each([
    '/x/%2e%2e;a/admin',
    '/x/.%2e;a/admin',
    '/x/%2E.;a/admin',
    '/x/%2e;a/admin',
    '/%2e%2e;',
    '/x\\..;a/admin',
    '/x/\\.;a/admin',
    '/x\\%2e%2e;a',
  ])('%j', (sent) => expect(normalisePath(sent)).toBeUndefined());

  test('and no normal path has such a segment', () => {
    fc.assert(
      fc.property(anyPath, (sent) => {
        expect(normalisePath(sent) ?? '/').not.toMatch(/\/\.\.?;/);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('no later server reads another path', () => {
  test.each([
    ['/a%%32Fb', '/a%252Fb'],
    ['/%2%46', '/%252F'],
    ['/%%36%31', '/%2561'],
    ['/%%35c', '/%255c'],
    ['/%%300', '/%2500'],
    ['/%%2e%2e/b', '/%../b'],
    ['/%%%36%31', '/%%2561'],
  ])('%j is %j: decoding makes no new encoding', (sent, normal) => expect(normalisePath(sent)).toBe(normal));

  test('characters that no URI may contain are encoded', () => {
    expect(normalisePath('/"<>^`{|}')).toBe('/%22%3C%3E%5E%60%7B%7C%7D');
    expect(normalisePath("/!$&'()*+,;=:@[]")).toBe("/!$&'()*+,;=:@[]");
  });
});

const pieces = [
  '/',
  '\\',
  '.',
  '..',
  '%',
  '%2',
  '%2e',
  '%2E',
  '%2f',
  '%61',
  '%25',
  '%5',
  'c',
  '0',
  'F',
  'a',
  '#',
  '~',
  ';',
];
const anyPath = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })), { maxLength: 12 })
  .map((parts) => `/${parts.join('')}`);

test('a normal path stays unchanged', () => {
  fc.assert(
    fc.property(anyPath, (sent) => {
      const normal = normalisePath(sent);
      if (normal !== undefined) expect(normalisePath(normal)).toBe(normal);
    }),
    { numRuns: 5000 },
  );
});

test('a normal path has nothing left to normalise', () => {
  fc.assert(
    fc.property(anyPath, (sent) => {
      const normal = normalisePath(sent) ?? '/';
      expect(normal).not.toMatch(
        /\/\/|\\|#|%2f|%5c|%00|%(4[1-9a-f]|5[0-9a]|6[1-9a-f]|7[0-9a]|3[0-9]|2d|2e|5f|7e)/i,
      );
      expect(normal.split('/')).not.toEqual(expect.arrayContaining(['.']));
      expect(normal.split('/')).not.toEqual(expect.arrayContaining(['..']));
    }),
    { numRuns: 5000 },
  );
});
