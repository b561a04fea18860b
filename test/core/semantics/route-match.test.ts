import { describe, expect, test } from 'vitest';
import type { Ir } from '../../../src/core/ir/ir.ts';
import type { RouteMatch } from '../../../src/core/ir/match.ts';
import { type Asked, answer } from './ask.ts';
import { header, match, mesh, origin, port, route, rule, service, spiffe } from './mesh.ts';

/** Returns a mesh in which shop/reviews accepts only requests that fit one of these matches. */
function taking(...matches: readonly Partial<RouteMatch>[]): Ir {
  const only = route(rule({ matches: matches.map(match) }));
  return mesh({ services: [service('shop/reviews', { ports: [port('http', 9080, { route: only })] })] });
}

const taken = 'forwarded shop/reviews@* 1';
const not = 'unroutable 404';

function fits(ir: Ir, asked: Asked): boolean {
  const got = answer(ir, asked);
  expect([taken, not]).toContain(got);
  return got === taken;
}

describe('path match', () => {
  test.each([
    ['/a', true],
    ['/a/', false],
    ['/A', false],
    ['/ab', false],
    ['/x/../a', true],
    ['/%61', true],
  ])('`exact: /a`, "case counts": %s %s', (path, expected) =>
    expect(fits(taking({ path: { type: 'exact', value: '/a' } }), { path })).toBe(expected),
  );

  test.each([
    ['/a', true],
    ['/a/', true],
    ['/a/b', true],
    ['/ab', false],
    ['/A', false],
    ['/', false],
  ])('"prefix: /a is by path element (/a, /a/, /a/b, never /ab)": %s %s', (path, expected) =>
    expect(fits(taking({ path: { type: 'prefix', value: '/a' } }), { path })).toBe(expected),
  );

  test.each(['/', '/x', '/x/y'])('the prefix / matches every path: %s', (path) =>
    expect(fits(taking({ path: { type: 'prefix', value: '' } }), { path })).toBe(true),
  );

  test.each([
    ['/item/12', true],
    ['/item/12/x', false],
    ['/x/item/12', false],
  ])('"regex: is RE2 and matches the whole path": %s %s', (path, expected) =>
    expect(fits(taking({ path: { type: 'regex', value: '/item/[0-9]+' } }), { path })).toBe(expected),
  );

  test('a regex with an alternative is anchored as a whole', () => {
    const ir = taking({ path: { type: 'regex', value: '/a|/b' } });
    expect(fits(ir, { path: '/bx' })).toBe(false);
    expect(fits(ir, { path: '/b' })).toBe(true);
  });

  test('the query is not part of the path', () => {
    expect(fits(taking({ path: { type: 'exact', value: '/a' } }), { path: '/a', query: 'b=c' })).toBe(true);
  });
});

describe('header match', () => {
  const one = (value: string): Asked => ({ headers: [['x-user', value]] });

  test.each([
    ['exact', 'ann', ['ann'], ['Ann', 'annx', '']],
    ['prefix', 'an', ['an', 'ann'], ['xan', 'AN']],
    ['suffix', 'nn', ['nn', 'ann'], ['annx']],
    ['contains', 'n', ['n', 'ann'], ['a', 'N']],
    ['regex', 'a+', ['a', 'aaa'], ['ab', 'ba', '']],
  ] as const)(
    '%s: %s, "values don\'t [ignore case]", a regex matches the whole value',
    (type, value, yes, no) => {
      const ir = taking({ headers: [header('x-user', { type, value })] });
      for (const sent of yes) expect(fits(ir, one(sent)), sent).toBe(true);
      for (const sent of no) expect(fits(ir, one(sent)), sent).toBe(false);
      expect(fits(ir, {})).toBe(false);
    },
  );

  test('present: true and present: false', () => {
    const present = taking({ headers: [header('x-user', { type: 'present', value: true })] });
    const absent = taking({ headers: [header('x-user', { type: 'present', value: false })] });
    expect([fits(present, one('')), fits(present, {})]).toEqual([true, false]);
    expect([fits(absent, one('')), fits(absent, {})]).toEqual([false, true]);
  });

  test('"not: the exact opposite: true when the header is absent"', () => {
    const ir = taking({ headers: [header('x-user', { type: 'exact', value: 'bad' }, true)] });
    expect(fits(ir, {})).toBe(true);
    expect(fits(ir, one('good'))).toBe(true);
    expect(fits(ir, one('bad'))).toBe(false);
  });

  test('"repeated headers are matched one by one, never joined: any is enough (not: none may match)"', () => {
    const twice: Asked = {
      headers: [
        ['x-user', 'a'],
        ['x-user', 'b'],
      ],
    };
    expect(fits(taking({ headers: [header('x-user', { type: 'exact', value: 'b' })] }), twice)).toBe(true);
    expect(fits(taking({ headers: [header('x-user', { type: 'exact', value: 'a,b' })] }), twice)).toBe(false);
    expect(fits(taking({ headers: [header('x-user', { type: 'exact', value: 'b' }, true)] }), twice)).toBe(
      false,
    );
    expect(fits(taking({ headers: [header('x-user', { type: 'exact', value: 'c' }, true)] }), twice)).toBe(
      true,
    );
  });

  test('lines of a header that proxies join are one value, separated by commas', () => {
    const sent = (...values: readonly string[]): Asked => ({
      headers: values.map((value) => ['user-agent', value]),
    });
    const agent = (value: string, negated = false): Ir =>
      taking({ headers: [header('user-agent', { type: 'exact', value }, negated)] });
    expect(fits(agent('bad'), sent('bad'))).toBe(true);
    expect(fits(agent('bad'), sent('bad', 'x'))).toBe(false);
    expect(fits(agent('bad,x'), sent('bad', 'x'))).toBe(true);
    expect(fits(agent('bad'), sent('', 'bad', ' '))).toBe(true);
    expect(fits(agent(''), sent('', ''))).toBe(true);
    expect(fits(agent('bad', true), sent('bad', 'x'))).toBe(true);
  });

  test('blanks around a value do not belong to it (RFC 9110, 5.5), blanks inside do', () => {
    const taken = (type: 'exact' | 'prefix' | 'suffix' | 'contains' | 'regex', value: string): Ir =>
      taking({ headers: [header('x-user', { type, value })] });
    for (const sent of ['ann', ' ann', 'ann\t', ' \t ann \t']) {
      expect(fits(taken('exact', 'ann'), one(sent)), JSON.stringify(sent)).toBe(true);
      expect(fits(taken('prefix', 'an'), one(sent)), JSON.stringify(sent)).toBe(true);
      expect(fits(taken('suffix', 'nn'), one(sent)), JSON.stringify(sent)).toBe(true);
      expect(fits(taken('regex', 'a[n]+'), one(sent)), JSON.stringify(sent)).toBe(true);
    }
    expect(fits(taken('exact', 'a n'), one(' a n '))).toBe(true);
    expect(fits(taken('exact', 'an'), one('a n'))).toBe(false);
    expect(fits(taken('exact', ''), one(' \t '))).toBe(true);
    expect(fits(taken('exact', 'ann'), one('ann\u00a0'))).toBe(false);
  });

  test('a condition on `host` reads the Host that the caller sent', () => {
    const ir = taking({ headers: [header('host', { type: 'prefix', value: 'reviews.shop' })] });
    expect(fits(ir, { host: 'reviews.shop:9080' })).toBe(true);
    expect(fits(ir, { host: 'reviews' })).toBe(false);
  });
});

describe('query match', () => {
  const v = (value: string): Partial<RouteMatch> => ({
    query: [{ origin, name: 'v', match: { type: 'exact', value } }],
  });

  test.each([
    ['v=1', true],
    ['a=2&v=1', true],
    ['v=2', false],
    ['V=1', false],
    ['vv=1', false],
    ['v', false],
    ['', false],
  ])('v exact 1: %s %s', (query, expected) => expect(fits(taking(v('1')), { query })).toBe(expected));

  test('"query values are compared as sent"', () => {
    expect(fits(taking(v('1')), { query: 'v=%31' })).toBe(false);
    expect(fits(taking(v('%31')), { query: 'v=%31' })).toBe(true);
    expect(fits(taking(v('a+b')), { query: 'v=a+b' })).toBe(true);
    expect(fits(taking(v('a=b')), { query: 'v=a=b' })).toBe(true);
  });

  test('"of one name the first counts"', () => {
    expect(fits(taking(v('1')), { query: 'v=1&v=2' })).toBe(true);
    expect(fits(taking(v('1')), { query: 'v=2&v=1' })).toBe(false);
  });

  test('present', () => {
    const ir = taking({ query: [{ origin, name: 'v', match: { type: 'present', value: true } }] });
    expect([fits(ir, { query: 'v' }), fits(ir, { query: 'v=' }), fits(ir, {})]).toEqual([true, true, false]);
  });
});

describe('other conditions', () => {
  test('methods', () => {
    const ir = taking({ methods: ['GET', 'PUT'] });
    expect(['GET', 'PUT', 'POST'].map((method) => fits(ir, { method }))).toEqual([true, true, false]);
  });

  test('port: the number of the requested port', () => {
    const only = route(rule({ matches: [match({ port: 9080 })] }));
    const ports = [port('http', 9080, { route: only }), port('other', 9081, { route: only })];
    const ir = mesh({ services: [service('shop/reviews', { ports })] });
    expect(fits(ir, { host: 'reviews:9080' })).toBe(true);
    expect(fits(ir, { host: 'reviews:9081' })).toBe(false);
  });

  test('"`from` in a route match sees the caller\'s verified identity"', () => {
    expect(fits(taking({ from: [spiffe('shop/web')] }), {})).toBe(true);
    expect(fits(taking({ from: [spiffe('shop/other')] }), {})).toBe(false);
    expect(
      fits(taking({ from: [{ type: 'namespace', trustDomain: 'shop.example', namespace: 'shop' }] }), {}),
    ).toBe(true);
    expect(
      fits(taking({ from: [{ type: 'namespace', trustDomain: 'shop.example', namespace: 'sho' }] }), {}),
    ).toBe(false);
    expect(fits(taking({ from: [{ type: 'authenticated' }] }), {})).toBe(true);
  });
});

describe('combination', () => {
  const slow: Partial<RouteMatch> = { path: { type: 'exact', value: '/a' }, methods: ['POST'] };

  test('"a list of matches is OR; the fields inside one match are AND"', () => {
    const ir = taking(slow, { path: { type: 'exact', value: '/b' } });
    expect(fits(ir, { path: '/a', method: 'POST' })).toBe(true);
    expect(fits(ir, { path: '/a' })).toBe(false);
    expect(fits(ir, { path: '/b' })).toBe(true);
    expect(fits(ir, { path: '/c', method: 'POST' })).toBe(false);
  });

  test('"what is left out is no condition"', () => {
    expect(fits(taking({}), { path: '/anything', method: 'BREW' })).toBe(true);
    expect(fits(taking(), { path: '/anything' })).toBe(true);
  });
});
