import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import type { ApplicationPlace, Arrival, TestApplications } from '../ports/test-applications.ts';

type AnyServer = http.Server | net.Server | http2.Http2Server;
type AnyRequest = http.IncomingMessage | http2.Http2ServerRequest;
type AnyResponse = http.ServerResponse | http2.Http2ServerResponse;

/**
 * Returns applications that answer 200. Headers of a request control the answer: `x-test-delay` (ms), `x-test-status`,
 * `x-test-reset` (the connection is cut). An application that isn't HTTP greets with its name and echoes.
 */
export function testApplications(): TestApplications {
  const arrived = new Map<string, Arrival[]>();
  const servers: AnyServer[] = [];
  const sockets = new Set<net.Socket>();
  const listOf = (testId: string): Arrival[] => {
    const list = arrived.get(testId) ?? [];
    arrived.set(testId, list);
    return list;
  };
  const record = (place: ApplicationPlace, request: AnyRequest): void => {
    listOf(one(request.headers['x-test-id'])).push(arrival(place, request));
  };
  const listen = (place: ApplicationPlace): Promise<void> => {
    const server = serverOf(place, record);
    servers.push(server);
    server.on('connection', (socket: net.Socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => sockets.delete(socket));
    });
    return new Promise((ready, failed) => {
      server.once('error', failed);
      server.listen({ ...place.address, exclusive: true }, ready);
    });
  };
  return {
    start: async (places) => {
      await Promise.all(places.map(listen));
    },
    arrivals: (testId) => listOf(testId),
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
    },
  };
}

type RecordRequest = (place: ApplicationPlace, request: AnyRequest) => void;

function serverOf(place: ApplicationPlace, record: RecordRequest): AnyServer {
  const answer = (request: AnyRequest, response: AnyResponse): void => {
    record(place, request);
    void answerTo(place, request, response);
  };
  switch (place.protocol) {
    case 'http2':
    case 'grpc':
      return place.tls === undefined
        ? http2.createServer(answer)
        : http2.createSecureServer(place.tls, answer);
    case 'http': {
      const server =
        place.tls === undefined ? http.createServer(answer) : https.createServer(place.tls, answer);
      server.on('upgrade', (request: http.IncomingMessage, socket: net.Socket) => {
        record(place, request);
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
        socket.on('data', (data) => socket.write(data));
      });
      return server;
    }
    default: {
      const greet = (socket: net.Socket): void => {
        socket.on('error', () => undefined);
        socket.write(`${place.service} ${place.version}\n`);
        socket.on('data', (data) => socket.write(data));
      };
      return place.tls === undefined ? net.createServer(greet) : tls.createServer(place.tls, greet);
    }
  }
}

async function answerTo(place: ApplicationPlace, request: AnyRequest, response: AnyResponse): Promise<void> {
  request.on('error', () => undefined);
  response.on('error', () => undefined);
  request.resume();
  const delay = Number(one(request.headers['x-test-delay']) || 0);
  if (delay > 0) await new Promise((done) => setTimeout(done, delay));
  if (request.headers['x-test-reset'] !== undefined) {
    request.socket.destroy();
    return;
  }
  const isGrpc = place.protocol === 'grpc';
  const status = Number(one(request.headers['x-test-status']) || 200);
  const headers = {
    'content-type': isGrpc ? 'application/grpc' : 'text/plain',
    'x-test-application': place.service,
  };
  (response as http.ServerResponse).writeHead(isGrpc ? 200 : status, headers);
  if (isGrpc) response.addTrailers({ 'grpc-status': status === 200 ? '0' : '14' });
  response.end(isGrpc ? '' : `${place.service} ${place.version}\n`);
}

function arrival({ service, version, port }: ApplicationPlace, request: AnyRequest): Arrival {
  const headers: [string, string][] = [];
  for (let i = 0; i < request.rawHeaders.length; i += 2)
    headers.push([(request.rawHeaders[i] ?? '').toLowerCase(), request.rawHeaders[i + 1] ?? '']);
  const authority = (request.headers[':authority'] as string | undefined) ?? request.headers.host ?? '';
  const { method = '', url = '' } = request;
  return { service, version, port, method, path: url, host: authority, headers };
}

function one(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
