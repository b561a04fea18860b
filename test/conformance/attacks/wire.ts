import net from 'node:net';
import tls from 'node:tls';
import { type H2Answer, h2Request, readH2Answer } from './h2-frames.ts';

/** The address to which an attacker connects, in plain text or by TLS. */
export interface Entry {
  readonly address: { readonly host: string; readonly port: number };
  readonly tls?: {
    readonly servername?: string;
    readonly cert?: string;
    readonly key?: string;
    /** Further ALPN protocols, in addition to the version of HTTP. */
    readonly alpn?: readonly string[];
  };
}

/** A request as its bytes should be; nothing corrects it before it is sent. */
export interface Wire {
  readonly method: string;
  /** The target in the request line, or in `:path`. */
  readonly target: string;
  readonly host: string;
  readonly headers: readonly (readonly [string, string])[];
}

/** The bytes of a request, and their version of HTTP. */
export interface Bytes {
  readonly version: 'h1' | 'h2';
  readonly bytes: Buffer;
}

/** Returns the bytes of a request in HTTP/1.1. */
export function h1Bytes({ method, target, host, headers }: Wire, firstLine?: string): Bytes {
  const lines = [
    firstLine ?? `${method} ${target} HTTP/1.1`,
    `Host: ${host}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    'Connection: close',
  ];
  return raw(`${lines.join('\r\n')}\r\n\r\n`);
}

/** Returns a text as bytes of HTTP/1.1. */
export function raw(text: string): Bytes {
  return { version: 'h1', bytes: Buffer.from(text, 'latin1') };
}

/** Returns the bytes of a request in HTTP/2: connection preface, settings, and the fields in this order. */
export function h2Bytes(wire: Wire): Bytes {
  return h2Fields([...pseudo(wire), ...lowered(wire.headers)]);
}

/** Returns the pseudo-headers of a request. */
export function pseudo({ method, target, host }: Wire): Wire['headers'] {
  return [
    [':method', method],
    [':scheme', 'http'],
    [':authority', host],
    [':path', target],
  ];
}

/** Returns headers with names in lower case, as HTTP/2 requires. */
export function lowered(headers: Wire['headers']): Wire['headers'] {
  return headers.map(([name, value]) => [name.toLowerCase(), value]);
}

/** Returns a request with more headers. */
export function also(wire: Wire, ...more: Wire['headers']): Wire {
  return { ...wire, headers: [...wire.headers, ...more] };
}

/** Returns the bytes of an HTTP/2 request with exactly these fields, pseudo-headers among them. */
export function h2Fields(fields: readonly (readonly [string, string])[]): Bytes {
  return { version: 'h2', bytes: h2Request(fields) };
}

/** Sends bytes over a new connection. Returns the status of the answer; 0 if there is none within `patience` ms. */
export function attack(entry: Entry, { version, bytes }: Bytes, patience = 2500): Promise<number> {
  return new Promise((resolve) => {
    const socket = connect(entry, version);
    let received = Buffer.alloc(0);
    const finish = (status = 0): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(status);
    };
    const timer = setTimeout(finish, patience);
    socket.on('error', () => {
      finish();
    });
    socket.on('close', () => {
      finish();
    });
    socket.on('data', (data: Buffer) => {
      received = Buffer.concat([received, data]);
      const answer = version === 'h1' ? readH1Answer(received) : readH2Answer(received);
      if (answer === 'closed') finish();
      else if (answer !== undefined) finish(answer);
    });
    socket.on(entry.tls === undefined ? 'connect' : 'secureConnect', () => socket.write(bytes));
  });
}

function connect({ address, tls: secure }: Entry, version: Bytes['version']): net.Socket {
  if (secure === undefined) return net.connect(address);
  const { alpn = [], ...rest } = secure;
  const ALPNProtocols = [...alpn, version === 'h1' ? 'http/1.1' : 'h2'];
  return tls.connect({ ...address, ...rest, rejectUnauthorized: false, ALPNProtocols });
}

/** Returns the first final status; every request of these tests has ended before its answer. */
function readH1Answer(received: Buffer): H2Answer {
  for (const [, status] of received.toString('latin1').matchAll(/^HTTP\/1\.[01] (\d{3})/gm)) {
    if (Number(status) >= 200 || status === '101') return Number(status);
  }
  return undefined;
}
