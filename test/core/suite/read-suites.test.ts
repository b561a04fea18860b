import { describe, expect, test } from 'vitest';
import { readSuites } from '../../../src/core/suite/read-suites.ts';
import { authentication, issuer } from '../semantics/mesh.ts';
import { shop, suitesOf, suiteText } from './shop.ts';

/** Returns the findings as `line:column code message`. */
function findings(text: string): readonly string[] {
  return suitesOf(text).diagnostics.map(
    ({ code, message, location: { range } }) =>
      `${String(range.start.line)}:${String(range.start.column)} ${code} ${message}`,
  );
}

/** Returns the requests of the tests. */
function requests(...tests: readonly string[]): readonly object[] {
  const { suites, diagnostics } = suitesOf(suiteText(...tests));
  expect(diagnostics).toEqual([]);
  return suites.flatMap((suite) => suite.tests.map(({ fields }) => fields));
}

describe('requests', () => {
  test('are a line, or fields, above the defaults of the suite', () => {
    expect(
      requests(
        '{request: POST /a?b=c, expect: 403}',
        '{request: /a, expect: forwarded}',
        '{request: HEAD, expect: forwarded}',
        '{expect: forwarded}',
        '{request: {from: batch, headers: {x-user: [a, b]}}, expect: forwarded}',
      ),
    ).toEqual([
      { from: 'shop/web', to: 'shop/reviews', method: 'POST', path: '/a?b=c' },
      { from: 'shop/web', to: 'shop/reviews', path: '/a' },
      { from: 'shop/web', to: 'shop/reviews', method: 'HEAD' },
      { from: 'shop/web', to: 'shop/reviews' },
      { from: 'batch', to: 'shop/reviews', headers: { 'x-user': ['a', 'b'] } },
    ]);
  });

  test('have a header of the defaults once, in whichever case a test writes it', () => {
    const text = suiteText('{request: {headers: {X-User: tester}}, expect: forwarded}');
    const { suites } = suitesOf(
      text.replace('to: shop/reviews', 'to: shop/reviews, headers: {x-user: a, x-b: b}'),
    );
    const headers = suites[0]?.tests[0]?.request.headers;
    expect(headers).toEqual([
      { name: 'x-b', value: 'b' },
      { name: 'x-user', value: 'tester' },
    ]);
  });

  test('may have a method in lower case, if it is a field', () => {
    expect(requests('{request: {method: get}, expect: forwarded}')).toEqual([
      { from: 'shop/web', to: 'shop/reviews', method: 'get' },
    ]);
  });

  test('of a table have the values of their rows; empty values leave fields as they are', () => {
    expect(
      requests(`name: who
      request: {headers: {x-a: "1"}}
      expect: 403
      columns: [from, request, headers.x-user, port, expect, name]
      rows:
        - [shop/batch, GET /a, tester, 80, forwarded, batch reads]
        - [anonymous, "", null, http, "", ""]`),
    ).toEqual([
      {
        from: 'shop/batch',
        to: 'shop/reviews',
        method: 'GET',
        path: '/a',
        port: 80,
        headers: { 'x-a': '1', 'x-user': 'tester' },
      },
      { from: 'anonymous', to: 'shop/reviews', port: 'http', headers: { 'x-a': '1' } },
    ]);
  });

  test('of a table have the name and the place of their rows', () => {
    const { suites } = suitesOf(
      suiteText(
        '{name: who, columns: [from, expect, name], rows: [[shop/batch, forwarded, batch reads], [anonymous, 403, ""]]}',
      ),
    );
    const tests = suites[0]?.tests ?? [];
    expect(tests.map(({ name }) => name)).toEqual([
      'batch reads',
      'who: GET / from anonymous to shop/reviews',
    ]);
    expect(tests.map(({ location }) => location.range.start.column)).toEqual([57, 95]);
    expect(tests.map(({ expected }) => expected)).toEqual([{ outcome: 'forwarded' }, { status: 403 }]);
  });
});

describe('mistakes are found at their places', () => {
  const header = 'apiVersion: mesh.test/v1\nkind: Suite\n';
  test.each([
    [
      'another version',
      'apiVersion: mesh.test/v2\nkind: Suite\n',
      ['1:13 MESH2290 apiVersion "mesh.test/v2" is not known; suites of tests have mesh.test/v1'],
    ],
    [
      'a wrong word in the version',
      'apiVersion: mesh.Tests/v1\nkind: Suite\n',
      ['1:13 MESH2290 apiVersion "mesh.Tests/v1" is not known; suites of tests have mesh.test/v1'],
    ],
    [
      'the version of the mesh',
      'apiVersion: mesh/v1\nkind: Suite\n',
      ['1:13 MESH2290 apiVersion "mesh/v1" is not known; suites of tests have mesh.test/v1'],
    ],
    [
      'no version',
      'kind: Suite\nspec: {tests: [{request: /, expect: 403}]}\n',
      ['1:1 MESH1101 "apiVersion" is missing'],
    ],
    [
      'another kind',
      'apiVersion: mesh.test/v1\nkind: Suites\n',
      ['2:7 MESH2291 there is no kind "Suites" with apiVersion mesh.test/v1: write kind: Suite'],
    ],
    ['no tests', `${header}spec: {}\n`, ['3:1 MESH1101 "tests" is missing in "spec"']],
    [
      'an unknown field',
      `${header}spec: {tests: [{request: /, expects: 403}]}\n`,
      ['3:29 MESH1100 unknown field "expects"; did you mean "expect"?'],
    ],
    [
      'an unknown word',
      `${header}spec: {tests: [{request: /, expect: refuse}]}\n`,
      ['3:37 MESH1103 "refuse" is not one of'],
    ],
    ['a broken line', `${header}spec: {tests: [{request: GET  /, expect: 403}]}\n`, ['3:26 MESH1104']],
    ['no YAML', `${header}spec: {tests: [\n`, ['MESH10']],
  ])('%s', (_name, text, expected) => {
    const found = findings(text);
    expect(found).toHaveLength(expected.length);
    for (const [i, one] of expected.entries()) expect(found[i]).toContain(one);
  });

  test.each([
    [
      'an unknown service',
      '{request: {to: shop/review}, expect: 403}',
      '6:22 MESH2292 the request is not possible: there is no service `shop/review`; did you mean `shop/reviews`?',
    ],
    [
      'a line without the slash of its path',
      '{request: charge, expect: refused}',
      '6:17 MESH2292 the request is not possible: methods are case-sensitive: write `CHARGE`, or `/charge` for a path',
    ],
    [
      'a method in lower case',
      '{request: post /charge, expect: refused}',
      '6:17 MESH2292 the request is not possible: methods are case-sensitive: write `POST` (`{method: post}` is',
    ],
    [
      'a method in lower case in a row',
      '{columns: [request], rows: [[post /charge]], expect: refused}',
      '6:36 MESH2294 the table does not fit: methods are case-sensitive: write `POST`',
    ],
    [
      'no line in a row',
      '{columns: [request], rows: [["GET  /"]], expect: refused}',
      '6:36 MESH2294 the table does not fit: a value of the column request is METHOD PATH, a path or a method',
    ],
    [
      'a method that is no word',
      '{request: {method: "GET "}, expect: refused}',
      '6:26 MESH2292 the request is not possible: the method `GET ` is no word',
    ],
    [
      'a path without a slash',
      '{request: {path: charge}, expect: refused}',
      '6:24 MESH2292 the request is not possible: the path `charge` does not begin with `/`',
    ],
    [
      'two destinations',
      '{request: {gateway: public}, expect: 403}',
      '6:27 MESH2292 the request is not possible: there is no gateway `public`',
    ],
    ['no expectation', '{request: /}', '6:7 MESH2293 the test expects nothing: write `expect`'],
    [
      'no expectation in a row',
      '{columns: [from], rows: [[shop/web]]}',
      '6:32 MESH2293 the test expects nothing: write `expect` in the row or beside `rows`',
    ],
    [
      'rows without columns',
      '{expect: 403, rows: [[shop/web]]}',
      '6:21 MESH2294 the table does not fit: `rows` need `columns`',
    ],
    [
      'columns without rows',
      '{expect: 403, columns: [from]}',
      '6:21 MESH2294 the table does not fit: `columns` need `rows`',
    ],
    [
      'an unknown column',
      '{expect: 403, columns: [form], rows: [[shop/web]]}',
      '6:31 MESH2294 the table does not fit: there is no column "form"; did you mean "from"?',
    ],
    [
      'a column twice',
      '{expect: 403, columns: [from, from], rows: [[a, b]]}',
      '6:37 MESH2294 the table does not fit: the column "from" is there twice',
    ],
    [
      'a short row',
      '{expect: 403, columns: [from, path], rows: [[shop/web]]}',
      '6:51 MESH2294 the table does not fit: the row has 1 values for 2 columns',
    ],
    [
      'a wrong expectation in a row',
      '{columns: [from, expect], rows: [[shop/web, maybe]]}',
      '6:51 MESH2294 the table does not fit: a value of the column expect',
    ],
    [
      'a wrong value in a row',
      '{columns: [port, expect], rows: [[[1], 403]]}',
      '6:40 MESH2292 the request is not possible: `port` is the name or the number of a port',
    ],
    [
      'a status of a forwarded request',
      '{request: /, expect: {status: 200, tries: 1}}',
      '6:28 MESH2295 no outcome can fulfil this `expect`: a request that is forwarded has no status',
    ],
    [
      'backends of a refused request',
      '{request: /, expect: {outcome: refused, backends: {v1: 100%}}}',
      '6:28 MESH2295 no outcome can fulfil this `expect`: a request that is refused has no backends',
    ],
    [
      'an unknown version',
      '{request: /, expect: {backends: {v3: 100%}}}',
      '6:28 MESH2295 no outcome can fulfil this `expect`: shop/reviews has no version "v3"; did you mean "v1"?',
    ],
    [
      'an unknown version of a service',
      '{request: /, expect: {backends: {reviews@v3: 100%}}}',
      '6:28 MESH2295 no outcome can fulfil this `expect`: shop/reviews has no version "v3"; did you mean "v1"?',
    ],
  ])('%s', (_name, written, expected) => {
    const found = findings(suiteText(written));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  test('a token in a header, if the mesh reads tokens', () => {
    const written = suiteText('{request: {headers: {Authorization: Bearer abc}}, expect: refused}');
    const issuers = [issuer('staff', 'https://staff.example')];
    const services = Object.entries(shop.services).map(([id, one]) => [
      id,
      { ...one, authentication: authentication({ issuers }) },
    ]);
    const reading = { ...shop, services: Object.fromEntries(services) as typeof shop.services };
    const source = { file: 'suite.yaml', bytes: new TextEncoder().encode(written) };
    expect(readSuites(source, reading).diagnostics.map(({ message }) => message)).toEqual([
      'the request is not possible: no token is read from the header `authorization`: write the claims of the token in `claims`, or `claims: invalid`',
    ]);
    expect(readSuites(source, shop).diagnostics).toEqual([]);
  });

  test('documents of other languages are left alone', () => {
    const { suites, diagnostics } = suitesOf('apiVersion: v1\nkind: ConfigMap\n---\njust text\n');
    expect({ suites, diagnostics }).toEqual({ suites: [], diagnostics: [] });
  });
});
