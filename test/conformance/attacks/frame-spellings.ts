import { h1, h2, host, type Spelling } from './spelling.ts';
import { also, type Bytes, h1Bytes, h2Bytes, h2Fields, pseudo, raw, type Wire } from './wire.ts';

/** Hosts, request lines and bodies that proxies and applications may read in two ways. */
export const frameSpellings: readonly Spelling[] = [
  host('a dot behind it', true, (name, port) => `${name}.${port}`),
  host('upper case', true, (name, port) => `${name.toUpperCase()}${port}`),
  host('its port', true, (name, port) => (port === '' ? undefined : `${name}${port}`)),
  host('a dot before its port', true, (name, port) => (port === '' ? undefined : `${name}.${port}`)),
  host('two dots behind it', false, (name, port) => `${name}..${port}`),
  host('a dot before it', false, (name, port) => `.${name}${port}`),
  host('an empty port', false, (name) => `${name}:`),
  host('zeros before its port', false, (name, port) => `${name}:000${port.slice(1) || '80'}`),
  host('another port', false, (name) => `${name}:1`),
  host('a user before it', false, (name, port) => `open@${name}${port}`),
  host('a path behind it', false, (name, port) => `${name}${port}/open`),
  host('another host behind a comma', false, (name, port) => `${name}${port},open.example`),
  host('another host before a blank', false, (name, port) => `open.example ${name}${port}`),
  host('encoded', false, (name, port) => `%${name.charCodeAt(0).toString(16)}${name.slice(1)}${port}`),
  host('brackets around it', false, (name, port) => `[${name}]${port}`),
  h1('line: absolute', true, (wire) =>
    h1Bytes(wire, `${wire.method} http://${wire.host}${wire.target} HTTP/1.1`),
  ),
  h1('line: absolute, another Host', true, (wire) =>
    h1Bytes({ ...wire, host: 'open.example' }, `${wire.method} http://${wire.host}${wire.target} HTTP/1.1`),
  ),
  h1('line: absolute with a dot and upper case', true, (wire) =>
    h1Bytes(wire, `${wire.method} HTTP://${dotted(wire.host.toUpperCase())}${wire.target} HTTP/1.1`),
  ),
  h1('line: absolute with https', false, (wire) =>
    h1Bytes(wire, `${wire.method} https://${wire.host}${wire.target} HTTP/1.1`),
  ),
  h1('line: absolute with a user', false, (wire) =>
    h1Bytes(wire, `${wire.method} http://a:b@${wire.host}${wire.target} HTTP/1.1`),
  ),
  h1('line: absolute with another host in it', false, (wire) =>
    h1Bytes(wire, `${wire.method} http://open.example${wire.target} HTTP/1.1`),
  ),
  h1('line: HTTP/1.0', false, (wire) => h1Bytes(wire, `${wire.method} ${wire.target} HTTP/1.0`)),
  h1('line: HTTP/0.9', false, (wire) => raw(`${wire.method} ${wire.target}\r\n\r\n`)),
  h1('line: two blanks', false, (wire) => h1Bytes(wire, `${wire.method}  ${wire.target} HTTP/1.1`)),
  h1('line: tabs', false, (wire) => h1Bytes(wire, `${wire.method}\t${wire.target}\tHTTP/1.1`)),
  h1('line: behind an empty line', false, (wire) =>
    h1Bytes(wire, `\r\n${wire.method} ${wire.target} HTTP/1.1`),
  ),
  h1('line: bare line feeds', false, (wire) =>
    raw(h1Bytes(wire).bytes.toString('latin1').replaceAll('\r\n', '\n')),
  ),
  h1('lines: two Hosts', false, (wire) => h1Bytes({ ...wire, host: `${wire.host}\r\nHost: open.example` })),
  h1('lines: no Host', false, (wire) =>
    raw(
      h1Bytes(wire)
        .bytes.toString('latin1')
        .replace(/Host: .*\r\n/, ''),
    ),
  ),
  h1('lines: an upgrade to a WebSocket', true, (wire) =>
    raw(
      h1Bytes(
        also(
          wire,
          ['Upgrade', 'websocket'],
          ['Sec-WebSocket-Version', '13'],
          ['Sec-WebSocket-Key', 'MDEyMzQ1Njc4OTAxMjM0NQ=='],
        ),
      )
        .bytes.toString('latin1')
        .replace('Connection: close', 'Connection: Upgrade'),
    ),
  ),
  h1('lines: an upgrade to HTTP/2', false, (wire) =>
    raw(
      h1Bytes(also(wire, ['Upgrade', 'h2c'], ['HTTP2-Settings', 'AAMAAABkAAQAAP__']))
        .bytes.toString('latin1')
        .replace('Connection: close', 'Connection: Upgrade, HTTP2-Settings'),
    ),
  ),
  h1('body: chunked', true, (wire) =>
    body(also(wire, ['Transfer-Encoding', 'chunked']), '1\r\na\r\n0\r\n\r\n'),
  ),
  h1('body: a length and chunks', false, (wire) =>
    body(also(wire, ['Content-Length', '5'], ['Transfer-Encoding', 'chunked']), '0\r\n\r\n'),
  ),
  h1('body: an unknown coding', false, (wire) =>
    body(also(wire, ['Transfer-Encoding', 'xchunked'], ['Content-Length', '0']), ''),
  ),
  h1('body: a coding behind a tab', false, (wire) =>
    body(also(wire, ['Transfer-Encoding', '\tchunked'], ['Content-Length', '4']), '0\r\n\r\n'),
  ),
  h1('body: the request again behind chunks', true, (wire) =>
    body(also(wire, ['Transfer-Encoding', 'chunked']), `0\r\n\r\n${h1Bytes(wire).bytes.toString('latin1')}`),
  ),
  h1('body: the request inside of one', false, (wire) => {
    const inner = h1Bytes(wire).bytes.toString('latin1');
    const outer: Wire = {
      ...wire,
      method: 'POST',
      target: '/',
      headers: [['Content-Length', String(inner.length)]],
    };
    return raw(`${h1Bytes(outer).bytes.toString('latin1').replace('Connection: close\r\n', '')}${inner}`);
  }),
  h2('fields: a host beside the authority', true, (wire) => h2Bytes(also(wire, ['host', 'open.example']))),
  h2('fields: a host and no authority', false, (wire) =>
    h2Fields([
      ...pseudo(wire).filter(([name]) => name !== ':authority'),
      ['host', wire.host],
      ...wire.headers,
    ]),
  ),
  h2('fields: an absolute path', false, (wire) =>
    h2Bytes({ ...wire, target: `http://${wire.host}${wire.target}` }),
  ),
  h2('fields: two paths', false, (wire) => h2Fields([...pseudo(wire), [':path', '/open'], ...wire.headers])),
  h2('fields: two authorities', false, (wire) =>
    h2Fields([...pseudo(wire), [':authority', 'open.example'], ...wire.headers]),
  ),
  h2('fields: a path behind the headers', false, (wire) =>
    h2Fields([...pseudo(wire), ...wire.headers, [':path', '/open']]),
  ),
  h2('fields: names in upper case', false, (wire) =>
    h2Fields([...pseudo(wire), ...wire.headers.map(([name, value]) => [name.toUpperCase(), value] as const)]),
  ),
  h2('fields: a connection', false, (wire) => h2Bytes(also(wire, ['connection', 'keep-alive']))),
  h2('fields: chunks', false, (wire) => h2Bytes(also(wire, ['transfer-encoding', 'chunked']))),
  h2('fields: a line break in the path', false, (wire) =>
    h2Bytes({ ...wire, target: `/open HTTP/1.1\r\nHost: a\r\n\r\n${wire.method} ${wire.target}` }),
  ),
  h2('fields: a line break in a value', false, (wire) =>
    h2Bytes(also(wire, ['x-a', `b\r\n\r\n${wire.method} ${wire.target} HTTP/1.1\r\nHost: ${wire.host}`])),
  ),
  h2('fields: the scheme https', true, (wire) =>
    h2Fields([
      ...pseudo(wire).map(([name, value]) => [name, name === ':scheme' ? 'https' : value] as const),
      ...wire.headers,
    ]),
  ),
  h2('fields: an extended CONNECT', false, (wire) =>
    h2Fields([...pseudo({ ...wire, method: 'CONNECT' }), [':protocol', 'websocket'], ...wire.headers]),
  ),
];

function body(wire: Wire, text: string): Bytes {
  const head = h1Bytes(wire).bytes.toString('latin1').replace('Connection: close\r\n', '');
  return raw(`${head}${text}`);
}

function dotted(authority: string): string {
  return authority.replace(/(:\d+)?$/, '.$1');
}
