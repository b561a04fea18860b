import { h2Continued, h2WithBody } from './h2-frames.ts';
import { both, h1, h2, type Spelling } from './spelling.ts';
import { also, type Bytes, h1Bytes, h2Bytes, h2Fields, lowered, pseudo, raw, type Wire } from './wire.ts';

type Fields = Wire['headers'];

/**
 * Requests that few clients would send: repeated or misplaced pseudo-headers, trailers, bodies with two lengths,
 * unusual names and values, and large amounts of everything.
 */
export const contentSpellings: readonly Spelling[] = [
  h2('fields: two methods', false, (wire) =>
    h2Fields([...pseudo(wire), [':method', 'GET'], ...wire.headers]),
  ),
  h2('fields: two schemes', false, (wire) =>
    h2Fields([...pseudo(wire), [':scheme', 'https'], ...wire.headers]),
  ),
  h2('fields: another path first', false, (wire) =>
    h2Fields([[':path', '/open'], ...pseudo(wire), ...wire.headers]),
  ),
  h2('fields: an unknown one with a colon', false, (wire) =>
    h2Fields([...pseudo(wire), [':x-path', '/open'], ...wire.headers]),
  ),
  h2('fields: a status', false, (wire) => h2Fields([...pseudo(wire), [':status', '200'], ...wire.headers])),
  h2('fields: an empty path', false, (wire) => h2Bytes({ ...wire, target: '' })),
  h2('fields: no method', false, (wire) => h2Fields([...pseudo(wire).slice(1), ...wire.headers])),
  h2('fields: a scheme that is a URL', false, (wire) =>
    h2Fields([...scheme(wire, `http://open.example/?`), ...wire.headers]),
  ),
  h2('fields: a host before the authority', true, (wire) =>
    h2Fields([...pseudo(wire), ['host', 'open.example'], ...wire.headers]),
  ),
  h2('fields: two hosts and no authority', false, (wire) =>
    h2Fields([
      ...pseudo(wire).filter(([name]) => name !== ':authority'),
      ['host', 'open.example'],
      ['host', wire.host],
      ...wire.headers,
    ]),
  ),
  h2('fields: an empty authority and a host', false, (wire) =>
    h2Fields([...pseudo({ ...wire, host: '' }), ['host', wire.host], ...wire.headers]),
  ),
  h2('fields: in frames of a byte', true, (wire) =>
    framed(h2Continued([...pseudo(wire), ...lowered(wire.headers)], 1)),
  ),
  h2('fields: trailers with all headers', true, (wire) =>
    framed(h2WithBody([...pseudo(wire), ...lowered(wire.headers)], 'a', lowered(wire.headers))),
  ),
  h2('fields: headers in trailers alone', false, (wire) =>
    framed(h2WithBody([...pseudo(wire), ...own(wire)], 'a', lowered(wire.headers))),
  ),
  h2('fields: a path in trailers', false, (wire) =>
    framed(
      h2WithBody([...pseudo({ ...wire, target: '/' }), ...lowered(wire.headers)], 'a', [
        [':path', wire.target],
      ]),
    ),
  ),
  h2('body: longer than it says', true, (wire) =>
    framed(h2WithBody([...pseudo(wire), ...lowered(wire.headers), ['content-length', '1']], 'abc')),
  ),
  h2('body: a length twice', false, (wire) =>
    framed(
      h2WithBody(
        [...pseudo(wire), ...lowered(wire.headers), ['content-length', '1'], ['content-length', '3']],
        'abc',
      ),
    ),
  ),
  h2('body: a request behind no length', false, (wire) =>
    framed(
      h2WithBody(
        [...pseudo({ ...wire, method: 'POST', target: '/' }), ['content-length', '0']],
        h1Bytes(wire).bytes.toString('latin1'),
      ),
    ),
  ),
  h1('body: two lengths', false, (wire) => bodied(wire, 'Content-Length: 1\r\nContent-Length: 3', 'abc')),
  h1('body: a list of lengths', false, (wire) => bodied(wire, 'Content-Length: 3, 3', 'abc')),
  h1('body: a length with a sign', false, (wire) => bodied(wire, 'Content-Length: +3', 'abc')),
  h1('body: a length in hexadecimal', false, (wire) => bodied(wire, 'Content-Length: 0x3', 'abc')),
  h1('body: a length beyond all', false, (wire) =>
    bodied(wire, 'Content-Length: 18446744073709551619', 'abc'),
  ),
  h1('body: a chunk of a size beyond all', false, (wire) =>
    bodied(wire, 'Transfer-Encoding: chunked', '10000000000000001\r\na\r\n0\r\n\r\n'),
  ),
  h1('body: chunks named twice', false, (wire) =>
    bodied(wire, 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked', '0\r\n\r\n'),
  ),
  h1('body: chunks behind identity', false, (wire) =>
    bodied(wire, 'Transfer-Encoding: identity, chunked', '0\r\n\r\n'),
  ),
  h1('body: an extension of a chunk with a line feed', false, (wire) =>
    bodied(
      wire,
      'Transfer-Encoding: chunked',
      `1;a\n${h1Bytes(wire).bytes.toString('latin1')}\r\na\r\n0\r\n\r\n`,
    ),
  ),
  h1('body: trailers with all headers', true, (wire) =>
    bodied(wire, 'Transfer-Encoding: chunked', `1\r\na\r\n0\r\n${linesOf(wire.headers)}\r\n`),
  ),
  h1('body: headers in trailers alone', false, (wire) =>
    bodied(
      { ...wire, headers: own(wire) },
      'Transfer-Encoding: chunked',
      `1\r\na\r\n0\r\n${linesOf(wire.headers)}\r\n`,
    ),
  ),
  h1('body: expected', true, (wire) => bodied(wire, 'Expect: 100-continue\r\nContent-Length: 1', 'a')),
  h1('lines: an upgrade to HTTP/2 with a body', false, (wire) =>
    bodied(wire, 'Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Length: 1', 'a'),
  ),
  h1('lines: an upgrade to what nobody knows', true, (wire) => bodied(wire, 'Upgrade: open/1', '')),
  h1('lines: an upgrade to TLS', true, (wire) => bodied(wire, 'Upgrade: TLS/1.2', '')),
  both('much: a header of 50 kB', true, (wire) => also(wire, ['x-long', 'a'.repeat(50_000)])),
  both('much: a header of 70 kB', true, (wire) => also(wire, ['x-long', 'a'.repeat(70_000)])),
  both('much: 80 more headers', true, (wire) => also(wire, ...more(80))),
  both('much: 200 more headers', true, (wire) => also(wire, ...more(200))),
  both('much: a query of 50 kB', true, (wire) => ({
    ...wire,
    target: `${wire.target}${wire.target.includes('?') ? '&' : '?'}zq=${'a'.repeat(50_000)}`,
  })),
  both('names: a dot behind each', false, (wire) => renamed(wire, (name) => `${name}.`)),
  both('names: NUL behind each', false, (wire) => renamed(wire, (name) => `${name}\0`)),
  both('names: DEL behind each', false, (wire) => renamed(wire, (name) => `${name}\x7f`)),
  both('names: a byte above 7F before each', false, (wire) => renamed(wire, (name) => `\xe9${name}`)),
  both('names: a colon before each', false, (wire) => renamed(wire, (name) => `:${name}`)),
  both('names: odd case', true, (wire) =>
    renamed(wire, (name) =>
      name.replace(/./g, (letter, at: number) => (at % 2 === 0 ? letter : letter.toUpperCase())),
    ),
  ),
  both('values: a blank before each', true, (wire) => revalued(wire, (value) => ` ${value}`)),
  both('values: a tab behind each', true, (wire) => revalued(wire, (value) => `${value}\t`)),
  both('values: a no-break space behind each', false, (wire) =>
    revalued(wire, (value) => `${value}\xc2\xa0`),
  ),
  both('values: a vertical tab behind each', false, (wire) => revalued(wire, (value) => `${value}\x0b`)),
  both('values: a form feed before each', false, (wire) => revalued(wire, (value) => `\x0c${value}`)),
  both('values: DEL behind each', false, (wire) => revalued(wire, (value) => `${value}\x7f`)),
  both('values: a line break behind each', false, (wire) => revalued(wire, (value) => `${value}\r\n `)),
  both('values: percent-encoded', false, (wire) =>
    revalued(wire, (value) => value.replace(/^[a-z]/i, (letter) => `%${letter.charCodeAt(0).toString(16)}`)),
  ),
];

function more(count: number): Fields {
  return Array.from({ length: count }, (_, at) => [`x-more-${String(at)}`, 'a'] as const);
}

function isOwn([name]: readonly [string, string]): boolean {
  return name === 'x-test-id' || name === 'authorization';
}

function own({ headers }: Wire): Fields {
  return headers.filter(isOwn);
}

function renamed(wire: Wire, write: (name: string) => string): Wire | undefined {
  if (wire.headers.every(isOwn)) return undefined;
  const headers = wire.headers.map((field) =>
    isOwn(field) ? field : ([write(field[0]), field[1]] as const),
  );
  return { ...wire, headers };
}

function revalued(wire: Wire, write: (value: string) => string): Wire | undefined {
  if (wire.headers.every(isOwn)) return undefined;
  return {
    ...wire,
    headers: wire.headers.map((field) => (isOwn(field) ? field : [field[0], write(field[1])])),
  };
}

function linesOf(headers: Fields): string {
  return headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
}

function scheme(wire: Wire, value: string): Fields {
  return pseudo(wire).map(([name, before]) => [name, name === ':scheme' ? value : before]);
}

function framed(bytes: Buffer): Bytes {
  return { version: 'h2', bytes };
}

function bodied(wire: Wire, lines: string, text: string): Bytes {
  const head = h1Bytes(wire).bytes.toString('latin1');
  const connection = /^Upgrade:/m.test(lines) ? 'Connection: Upgrade, HTTP2-Settings\r\n' : '';
  return raw(`${head.replace('Connection: close\r\n', `${connection}${lines}\r\n`)}${text}`);
}
