import { describe, expect, test } from 'vitest';
import { parseRequest } from '../../../../src/core/explain/request/parse-request.ts';
import { requestFromOptions } from '../../../../src/core/explain/request/request-from-options.ts';
import type { Request } from '../../../../src/core/semantics/request.ts';
import { external, gateway, listener, mesh, service } from '../../semantics/mesh.ts';

const ir = mesh({
  services: ['shop/reviews', 'ops/reviews', 'default/front', 'ops/tester', 'infra/otel'].map((id) =>
    service(id),
  ),
  externals: [external('shop/pay')],
  gateways: [gateway('shop/public', [listener('http', 80)])],
});

function parsed(data: unknown): Request {
  const result = parseRequest(data, ir);
  if ('problem' in result) throw new Error(result.problem);
  return result.request;
}

function problem(data: unknown): string {
  const result = parseRequest(data, ir);
  return 'problem' in result ? result.problem : 'none';
}

describe('a line of --batch: `{id, from, to or gateway, port, method, path, query, host, headers, sni, claims}`', () => {
  test('has every field', () => {
    const line = {
      id: 7,
      from: 'shop/web',
      to: 'shop/reviews',
      port: 'http',
      method: 'post',
      path: '/a%20b',
      query: 'x=1&y',
      host: 'reviews',
      headers: { 'X-A': '1', 'x-b': ['2', '3'], 'x-n': 4 },
      sni: 's.example',
      claims: { iss: 'i', role: ['a'] },
    };
    expect(parsed(line)).toEqual({
      from: { type: 'service', id: 'shop/web' },
      to: { type: 'service', id: 'shop/reviews' },
      port: 'http',
      method: 'post',
      path: '/a%20b',
      query: 'x=1&y',
      host: 'reviews',
      headers: [
        { name: 'x-a', value: '1' },
        { name: 'x-b', value: '2' },
        { name: 'x-b', value: '3' },
        { name: 'x-n', value: '4' },
      ],
      sni: 's.example',
      claims: { iss: 'i', role: ['a'] },
    });
  });

  test('omitted parts', () => {
    expect(parsed({ to: 'shop/reviews' })).toEqual({
      from: { type: 'anonymous' },
      to: { type: 'service', id: 'shop/reviews' },
      method: 'GET',
      path: '/',
      headers: [],
    });
    expect(parsed({ to: 'shop/reviews', host: null, query: '' })).not.toHaveProperty('host');
  });

  test('"SERVICE|spiffe://…|anonymous"', () => {
    expect(parsed({ from: 'anonymous', to: 'shop/reviews' }).from).toEqual({ type: 'anonymous' });
    expect(parsed({ from: 'spiffe://a/b', to: 'shop/reviews' }).from).toEqual({
      type: 'spiffe',
      id: 'spiffe://a/b',
    });
  });

  test("a bare name means a service of the caller's namespace, of `default`, or the only one", () => {
    const to = (from: string, name: string): string => parsed({ from, to: name }).to.id;
    expect(to('shop/web', 'reviews')).toBe('shop/reviews');
    expect(to('ops/tester', 'reviews')).toBe('ops/reviews');
    expect(to('shop/web', 'front')).toBe('default/front');
    expect(to('shop/web', 'otel')).toBe('infra/otel');
    expect(to('shop/web', 'pay')).toBe('shop/pay');
    expect(parsed({ from: 'web', gateway: 'public' })).toMatchObject({
      from: { type: 'service', id: 'shop/web' },
      to: { type: 'gateway', id: 'shop/public' },
    });
  });

  test('a port by name or number', () => {
    expect(parsed({ to: 'shop/reviews', port: 9080 }).port).toBe(9080);
    expect(parsed({ to: 'shop/reviews', port: '9080' }).port).toBe(9080);
    expect(parsed({ to: 'shop/reviews', port: 'http' }).port).toBe('http');
  });

  test('a query in the path; `Host` among the headers', () => {
    expect(parsed({ to: 'shop/reviews', path: '/a?b=c?d' })).toMatchObject({ path: '/a', query: 'b=c?d' });
    expect(parsed({ to: 'shop/reviews', headers: { Host: 'x' } })).toMatchObject({ host: 'x', headers: [] });
  });

  test('`claims: "invalid"`', () => {
    expect(parsed({ to: 'shop/reviews', claims: 'invalid' }).claims).toBe('invalid');
  });

  test('a Host alone is a destination', () => {
    expect(parsed({ from: 'shop/web', host: 'example.org' }).to).toEqual({
      type: 'service',
      id: 'example.org',
    });
  });

  test.each([
    [[], 'JSON object'],
    ['x', 'JSON object'],
    [null, 'JSON object'],
    [{}, 'name a service'],
    [{ to: 'shop/nobody' }, 'no service `shop/nobody`'],
    [{ to: 'shop/reviws' }, 'did you mean `shop/reviews`?'],
    [{ to: 'reviws' }, 'did you mean'],
    [{ from: 'shop/nobody', to: 'shop/reviews' }, 'no service `shop/nobody`'],
    [{ from: 'shop/pay', to: 'shop/reviews' }, 'no service `shop/pay`'],
    [{ from: 'default/front', to: 'reviews' }, 'write `ops/reviews` or `shop/reviews`'],
    [{ gateway: 'nobody' }, 'no gateway `nobody`'],
    [{ to: 'constructor' }, 'no service `constructor`'],
    [{ to: 'shop/reviews', gateway: 'shop/public' }, 'not both'],
    [{ to: 'shop/reviews', header: {} }, 'did you mean `headers`?'],
    [{ to: 'shop/reviews', nonsense: 1 }, 'no field of a request'],
    [{ to: 'shop/reviews', path: 1 }, '`path` is a text'],
    [{ to: 'shop/reviews', port: 1.5 }, '`port` is the name or the number'],
    [{ to: 'shop/reviews', headers: { a: {} } }, '`headers` is a map'],
    [{ to: 'shop/reviews', headers: { 'a b': '1' } }, 'no name of a header'],
    [{ to: 'shop/reviews', headers: { a: '1\r\nb: 2' } }, 'line break'],
    [{ to: 'shop/reviews', claims: 'bad' }, '`claims` is a map'],
    [{ to: 'shop/reviews', path: '/a?b', query: 'c' }, 'write it once'],
  ])('no request: %j', (data, expected) => expect(problem(data)).toContain(expected));
});

describe('the options of `mesh explain request`', () => {
  const none = { arguments: [], headers: [], claims: [] };

  test('are the same request', () => {
    const options = {
      from: 'web',
      to: 'reviews',
      port: 'http',
      host: 'reviews',
      arguments: ['GET', '/a?b=c'],
      headers: ['X-A: 1', 'x-b:2', 'x-b: 3:4'],
      claims: ['iss=https://i.example', 'role=a', 'role=b', 'realm={"roles":["x"]}'],
    };
    const read = requestFromOptions(options);
    expect('fields' in read && parsed(read.fields)).toMatchObject({
      from: { id: 'shop/web' },
      to: { id: 'shop/reviews' },
      port: 'http',
      method: 'GET',
      path: '/a',
      query: 'b=c',
      host: 'reviews',
      headers: [
        { name: 'x-a', value: '1' },
        { name: 'x-b', value: '2' },
        { name: 'x-b', value: '3:4' },
      ],
      claims: { iss: 'https://i.example', role: ['a', 'b'], realm: { roles: ['x'] } },
    });
  });

  test('a path alone is GET; a token that does not validate', () => {
    expect(requestFromOptions({ ...none, arguments: ['/a'] })).toEqual({ fields: { path: '/a' } });
    expect(requestFromOptions({ ...none, claims: ['invalid'] })).toEqual({ fields: { claims: 'invalid' } });
  });

  test.each([
    [{ headers: ['nocolon'] }, 'name:value'],
    [{ claims: ['noequals'] }, 'name=value'],
    [{ claims: ['a={'] }, 'JSON'],
    [{ arguments: ['GET', '/', 'more'] }, 'too much'],
  ])('%j', (given, expected) => {
    const read = requestFromOptions({ ...none, ...given });
    expect('problem' in read && read.problem).toContain(expected);
  });
});
