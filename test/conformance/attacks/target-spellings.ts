import { both, h1, h2, host, type Spelling } from './spelling.ts';
import { also, h1Bytes, h2Fields } from './wire.ts';

/** Methods, targets and hosts that few clients would write. */
export const targetSpellings: readonly Spelling[] = [
  both('method: a blank behind it', false, (wire) => ({ ...wire, method: `${wire.method} ` })),
  both('method: NUL behind it', false, (wire) => ({ ...wire, method: `${wire.method}\0` })),
  both('method: HEAD', false, (wire) => ({ ...wire, method: 'HEAD' })),
  both('method: OPTIONS of another origin', false, (wire) =>
    also(
      { ...wire, method: 'OPTIONS' },
      ['origin', 'https://x.example'],
      ['access-control-request-method', wire.method],
    ),
  ),
  both('method: TRACE', false, (wire) => ({ ...wire, method: 'TRACE' })),
  h1('method: CONNECT to the host', false, (wire) => h1Bytes(wire, `CONNECT ${portOf(wire.host)} HTTP/1.1`)),
  h1('method: CONNECT with a path', false, (wire) => h1Bytes(wire, `CONNECT ${wire.target} HTTP/1.1`)),
  h2('method: CONNECT without a path', false, (wire) =>
    h2Fields([[':method', 'CONNECT'], [':authority', portOf(wire.host)], ...wire.headers]),
  ),
  h1('target: of the scheme alone', false, (wire) =>
    h1Bytes(wire, `${wire.method} //${wire.host}${wire.target} HTTP/1.1`),
  ),
  h1('target: absolute with a fragment', false, (wire) =>
    h1Bytes(wire, `${wire.method} http://${wire.host}${wire.target}#/open HTTP/1.1`),
  ),
  h1('target: absolute with another path before a fragment', false, (wire) =>
    h1Bytes(wire, `${wire.method} http://${wire.host}/open#${wire.target} HTTP/1.1`),
  ),
  h1('target: absolute, a query for a path', false, (wire) =>
    h1Bytes(wire, `${wire.method} http://${wire.host}?${wire.target} HTTP/1.1`),
  ),
  h1('target: absolute of another scheme', false, (wire) =>
    h1Bytes(wire, `${wire.method} ws://${wire.host}${wire.target} HTTP/1.1`),
  ),
  h1('target: absolute with backslashes', false, (wire) =>
    h1Bytes(wire, `${wire.method} http:\\\\${wire.host}${wire.target} HTTP/1.1`),
  ),
  h1('target: absolute with one slash', false, (wire) =>
    h1Bytes(wire, `${wire.method} http:/${wire.host}${wire.target} HTTP/1.1`),
  ),
  h1('target: absolute with an empty host', false, (wire) =>
    h1Bytes(wire, `${wire.method} http://${wire.target} HTTP/1.1`),
  ),
  h1('target: absolute in an absolute one', false, (wire) =>
    h1Bytes(wire, `${wire.method} http://open.example/http://${wire.host}${wire.target} HTTP/1.1`),
  ),
  h1('target: a star', false, (wire) => h1Bytes(wire, `${wire.method} * HTTP/1.1`)),
  h1('target: HTTP/2.0 in the line', false, (wire) =>
    h1Bytes(wire, `${wire.method} ${wire.target} HTTP/2.0`),
  ),
  h1('target: bytes behind the version', false, (wire) =>
    h1Bytes(wire, `${wire.method} ${wire.target} HTTP/1.1 HTTP/1.1`),
  ),
  both('target: a tab in it', false, (wire) => ({ ...wire, target: wire.target.replace(/.$/, '\t$&') })),
  both('target: DEL behind it', false, (wire) => ({ ...wire, target: `${wire.target}\x7f` })),
  both('target: a blank before it', false, (wire) => ({ ...wire, target: ` ${wire.target}` })),
  both('target: a blank behind it', false, (wire) => ({ ...wire, target: `${wire.target} ` })),
  both('target: a query behind an encoded fragment', false, (wire) => ({
    ...wire,
    target: `${wire.target}%23?a#b`,
  })),
  host('a zone', false, (name) => `[fe80::1%25eth0].${name}`),
  host('IPv6 with a zone', false, () => '[::1%25lo]'),
  host('IPv6 with a zone that is a host', false, (name) => `[::1%25${name}]`),
  host('IPv6 of IPv4', false, () => '[::ffff:127.0.0.1]'),
  host('its dots encoded', false, (name, port) => `${name.replaceAll('.', '%2e')}${port}`),
  host(
    'all encoded',
    false,
    (name, port) => `${name.replace(/[a-z]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`)}${port}`,
  ),
  host('an encoded dot behind it', false, (name, port) => `${name}%2e${port}`),
  host('ideographic dots', false, (name, port) => `${name.replaceAll('.', '\xe3\x80\x82')}${port}`),
  host('a soft hyphen in it', false, (name, port) => `${name.replace(/^./, '$&\xc2\xad')}${port}`),
  host('NUL behind it', false, (name, port) => `${name}\0${port}`),
  host('a tab behind it', false, (name, port) => `${name}${port}\t`),
  host('a blank before it', false, (name, port) => ` ${name}${port}`),
  host('two ports', false, (name, port) => `${name}:1${port || ':80'}`),
  host('a port with a sign', false, (name, port) => `${name}:+${port.slice(1) || '80'}`),
  host('a port beyond all', false, (name, port) => `${name}:${String(65_536 + Number(port.slice(1) || 80))}`),
  host('a backslash behind it', false, (name, port) => `${name}${port}\\open.example`),
  host('a query behind it', false, (name, port) => `${name}${port}?a`),
  host('a fragment behind it', false, (name, port) => `${name}${port}#a`),
];

function portOf(authority: string): string {
  return /:\d+$/.test(authority) ? authority : `${authority}:80`;
}
