import { once } from 'node:events';
import http from 'node:http';
import http2 from 'node:http2';
import tls from 'node:tls';
import type { Client } from '../rotation/strangers.ts';

/** A connection that stays open; `ask` returns its answer, or `closed` once the connection has ended. */
export interface OldConnection {
  readonly kind: string;
  readonly ask: () => Promise<string>;
  readonly close: () => void;
}

async function handshake(port: number, { cert, key }: Client, alpn: string): Promise<tls.TLSSocket> {
  const socket = tls.connect({
    ...{ host: '127.0.0.1', port, cert, key, rejectUnauthorized: false, ALPNProtocols: [alpn] },
  });
  socket.on('error', () => undefined);
  await once(socket, 'secureConnect');
  return socket;
}

/** Returns a kept connection of HTTP/1.1. */
export async function overHttp1(kind: string, port: number, client: Client): Promise<OldConnection> {
  const socket = await handshake(port, client, 'http/1.1');
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  agent.createConnection = () => socket;
  return {
    kind,
    ask: () =>
      new Promise((done) => {
        if (socket.destroyed || socket.readableEnded) {
          done('closed');
          return;
        }
        const sent = http.get({ agent, path: '/', headers: { host: 'ratings', connection: 'keep-alive' } });
        sent.on('response', (response) => {
          response.resume();
          response.on('end', () => done(String(response.statusCode)));
        });
        sent.on('error', () => done('closed'));
      }),
    close: () => socket.destroy(),
  };
}

/** Returns a connection of HTTP/2. */
export async function overHttp2(port: number, client: Client): Promise<OldConnection> {
  const session = http2.connect('https://ratings', {
    ...{ host: '127.0.0.1', port, cert: client.cert, key: client.key },
    rejectUnauthorized: false,
    servername: 'ratings.shop',
    createConnection: () =>
      tls.connect({
        ...{ host: '127.0.0.1', port, cert: client.cert, key: client.key },
        rejectUnauthorized: false,
        ALPNProtocols: ['h2'],
      }),
  });
  session.on('error', () => undefined);
  await once(session, 'connect');
  return {
    kind: 'HTTP/2',
    ask: () =>
      new Promise((done) => {
        if (session.closed || session.destroyed) {
          done('closed');
          return;
        }
        const stream = session.request({ ':path': '/', ':authority': 'ratings' });
        stream.on('response', (headers) => {
          stream.resume();
          done(String(headers[':status']));
        });
        stream.on('error', () => done('closed'));
        stream.on('close', () => done('closed'));
      }),
    close: () => session.destroy(),
  };
}

/** Returns a connection that isn't HTTP, to a server that echoes. */
export async function overTcp(port: number, client: Client): Promise<OldConnection> {
  const socket = await handshake(port, client, 'mesh');
  return {
    kind: 'TCP',
    ask: () =>
      new Promise((done) => {
        if (socket.destroyed || socket.readableEnded) {
          done('closed');
          return;
        }
        socket.once('data', () => done('200'));
        socket.once('close', () => done('closed'));
        socket.once('end', () => done('closed'));
        socket.write('hello');
      }),
    close: () => socket.destroy(),
  };
}
