import http2 from 'node:http2';
import net from 'node:net';
import tls from 'node:tls';
import type { Answer, RequestSender, Sending } from '../ports/request-sender.ts';

const spoken = 'said through the socket';

/** Sends requests and opens connections, each time anew. */
export const requestSender: RequestSender = { send, greet };

/** Sends one request over a new connection. */
function send(sending: Sending): Promise<Answer> {
  return sending.http2 ? sendHttp2(sending) : sendHttp1(sending);
}

function sendHttp1(sending: Sending): Promise<Answer> {
  const started = performance.now();
  return new Promise((resolve) => {
    const socket = connect(sending);
    let received = Buffer.alloc(0);
    const finish = (): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ ...parse(received.toString('latin1')), milliseconds: performance.now() - started });
    };
    const timer = setTimeout(finish, sending.timeout ?? 10_000);
    socket.on('error', finish);
    socket.on('close', finish);
    socket.on('data', (data: Buffer) => {
      received = Buffer.concat([received, data]);
      if (isWhole(received.toString('latin1'), sending.method)) finish();
      if (!received.toString('latin1').startsWith('HTTP/1.1 101 ')) return;
      // The other end of a WebSocket echoes messages: the answer is complete once it has echoed ours, after `linger`.
      if (received.toString('latin1').endsWith(spoken)) finish();
      else setTimeout(() => socket.write(spoken), sending.linger ?? 0);
    });
    socket.on(sending.tls ? 'secureConnect' : 'connect', () => {
      const lines = sending.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      const close = sending.headers.some(([name]) => name === 'connection') ? '' : 'Connection: close\r\n';
      socket.write(
        `${sending.method} ${sending.path} HTTP/1.1\r\nHost: ${sending.host}\r\n${close}${lines}\r\n`,
        'latin1',
      );
    });
  });
}

function connect(sending: Sending): net.Socket {
  const socket = opened(sending);
  if (!sending.tls) return socket;
  const { alpn = [], isVerified = false, ...rest } = sending.tls;
  return tls.connect({
    socket,
    ...rest,
    rejectUnauthorized: isVerified,
    ALPNProtocols: [...alpn, 'http/1.1'],
  });
}

/** Returns a connection on which the preface has been sent. */
function opened({ address, preface }: Pick<Sending, 'address' | 'preface'>): net.Socket {
  const socket = net.connect(address);
  socket.on('error', () => undefined);
  if (preface !== undefined) socket.write(preface, 'latin1');
  return socket;
}

function parse(text: string): Omit<Answer, 'milliseconds'> {
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, Math.max(end, 0)).split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0);
  const headers = lines.map((line): readonly [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  const raw = end < 0 ? '' : text.slice(end + 4);
  const chunked = headers.some(([name, value]) => name === 'transfer-encoding' && value === 'chunked');
  return { status, headers, body: chunked ? unchunk(raw) : raw };
}

/** Returns true if an answer is complete, so that there is no need to wait for the connection's end. */
function isWhole(text: string, method: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const head = text.slice(0, end).toLowerCase();
  if (/^http\/1\.1 101/.test(head)) return false;
  if (method === 'HEAD' || /^http\/1\.1 (204|304)/.test(head)) return true;
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
  if (length !== undefined) return text.length - end - 4 >= Number(length);
  return head.includes('\r\ntransfer-encoding: chunked') && text.endsWith('0\r\n\r\n');
}

function unchunk(text: string): string {
  let body = '';
  let rest = text;
  for (;;) {
    const end = rest.indexOf('\r\n');
    const size = Number.parseInt(rest.slice(0, Math.max(end, 0)), 16);
    if (!size) return body;
    body += rest.slice(end + 2, end + 2 + size);
    rest = rest.slice(end + 2 + size + 2);
  }
}

function sendHttp2(sending: Sending): Promise<Answer> {
  const started = performance.now();
  return new Promise((resolve) => {
    const session = http2.connect(`http://${sending.address.host}:${String(sending.address.port)}`);
    let status = 0;
    let body = '';
    let grpcStatus: number | undefined;
    let headers: (readonly [string, string])[] = [];
    const finish = (): void => {
      clearTimeout(timer);
      session.destroy();
      resolve({
        status,
        headers,
        body,
        ...(grpcStatus === undefined ? {} : { grpcStatus }),
        milliseconds: performance.now() - started,
      });
    };
    const timer = setTimeout(finish, sending.timeout ?? 10_000);
    session.on('error', finish);
    const own: Record<string, string | string[]> = {};
    for (const [name, value] of sending.headers) {
      const before = own[name];
      own[name] = before === undefined ? value : [before, value].flat();
    }
    const stream = session.request({
      ':method': sending.method,
      ':path': sending.path,
      ':authority': sending.host,
      ...own,
    });
    stream.on('response', (answer) => {
      status = answer[':status'] ?? 0;
      headers = Object.entries(answer).map(([name, value]) => [name, String(value)] as const);
      if (answer['grpc-status'] !== undefined) grpcStatus = Number(answer['grpc-status']);
    });
    stream.on('trailers', (trailers: http2.IncomingHttpHeaders) => {
      if (trailers['grpc-status'] !== undefined) grpcStatus = Number(trailers['grpc-status']);
    });
    stream.on('data', (data: Buffer) => {
      body += data.toString();
    });
    stream.on('error', finish);
    stream.on('close', finish);
    stream.end();
  });
}

/**
 * Returns the greeting of a server over a connection that isn't HTTP, after it has also answered; undefined if the
 * connection is closed.
 */
function greet(
  sending: Pick<Sending, 'address' | 'tls' | 'preface' | 'within'>,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const plain = opened(sending);
    const outer = sending.tls
      ? tls.connect({ socket: plain, ...sending.tls, rejectUnauthorized: false })
      : plain;
    const socket = sending.within
      ? tls.connect({ socket: outer, ...sending.within, rejectUnauthorized: false })
      : outer;
    outer.on('error', () => {
      finish(undefined);
    });
    let received = '';
    const finish = (greeting: string | undefined): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(greeting);
    };
    const timer = setTimeout(finish, 5000, undefined);
    socket.on('error', () => {
      finish(undefined);
    });
    socket.on('close', () => {
      finish(undefined);
    });
    socket.on('data', (data: Buffer) => {
      const before = received;
      received += data.toString('latin1');
      if (received.endsWith(spoken)) finish(received.split('\n')[0]);
      else if (!before.includes('\n') && received.includes('\n')) socket.write(spoken);
    });
  });
}
