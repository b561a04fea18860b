import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import type { Pair } from './authorities.ts';

/** One request that reached an application, as the application saw it. */
export interface Arrival {
  readonly service: string;
  readonly version: string;
  readonly port: string;
  /** The server name in the TLS of the call; empty if the TLS had none; absent without TLS. */
  readonly serverName?: string;
  readonly instance: string;
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly host: string;
  /** Every header line: its name in lower case, and its value. */
  readonly headers: readonly (readonly [string, string])[];
  /** Milliseconds of the process's monotonic clock. */
  readonly at: number;
}

/** The address of an application, and the name that it puts into its answers. */
export interface EchoPlace {
  readonly service: string;
  readonly version: string;
  readonly port: string;
  readonly instance: string;
  readonly protocol: string;
  readonly address: { readonly host: string; readonly port: number };
  /** The certificate of an application that speaks TLS itself. */
  readonly tls?: Pair;
}

/**
 * Applications that record the requests that they receive. Headers of a request control the answer: `x-echo-status`
 * (status), `x-echo-delay` (ms), `x-echo-reset` (the connection is cut), `x-echo-grpc` (grpc-status), `x-echo-header`
 * (a header `name: value` of the answer). `x-echo-times` limits these to the first arrivals of its `x-test-id`,
 * `x-echo-only` to one instance. Places in `x-echo-except` (`service@version`, separated by spaces) answer normally and
 * don't count: copies go there.
 */
export class Echoes {
  readonly #arrivals = new Map<string, Arrival[]>();
  readonly #servers: (http.Server | net.Server | http2.Http2Server)[] = [];
  readonly #sockets = new Set<net.Socket>();
  /** The servers by address. */
  readonly #byAddress = new Map<string, http.Server | net.Server | http2.Http2Server>();
  readonly #sick = new Map<string, number[]>();

  async start(places: readonly EchoPlace[]): Promise<void> {
    await Promise.all(places.map((place) => this.#listen(place)));
  }

  /** Returns the requests that arrived with this `x-test-id`, in order. */
  arrivals(testId: string): readonly Arrival[] {
    return this.#arrivals.get(testId) ?? [];
  }

  /**
   * Makes an instance answer health checks (requests without a test id) with these statuses in turn, and with the last
   * one from then on; a gRPC server says "not serving". Without a status the instance is healthy again.
   */
  answerChecks(instance: string, ...statuses: readonly number[]): void {
    if (statuses.length === 0) this.#sick.delete(instance);
    else this.#sick.set(instance, [...statuses]);
  }

  #checkStatus(instance: string): number | undefined {
    const statuses = this.#sick.get(instance);
    return statuses !== undefined && statuses.length > 1 ? statuses.shift() : statuses?.[0];
  }

  /** Stops one application; returns a function that starts it again. */
  async stopOne(place: EchoPlace): Promise<() => Promise<void>> {
    const server = this.#byAddress.get(addressOf(place));
    await new Promise((done) => {
      server?.close(done);
      for (const socket of this.#sockets)
        if (socket.localPort === place.address.port && socket.localAddress === place.address.host)
          socket.destroy();
    });
    return () => this.#listen(place);
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#servers.map((server) => new Promise((done) => server.close(done))));
  }

  #listen(place: EchoPlace): Promise<void> {
    const server = this.#server(place);
    this.#servers.push(server);
    this.#byAddress.set(addressOf(place), server);
    server.on('connection', (socket: net.Socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    return new Promise((ready, failed) => {
      server.once('error', failed);
      server.listen(place.address.port, place.address.host, ready);
    });
  }

  #server(place: EchoPlace): http.Server | net.Server | http2.Http2Server {
    if (place.protocol === 'http2' || place.protocol === 'grpc') {
      const answer = (request: http2.Http2ServerRequest, response: http2.Http2ServerResponse): void =>
        void this.#answer(place, request, response);
      return place.tls === undefined
        ? http2.createServer(answer)
        : http2.createSecureServer(place.tls, answer);
    }
    if (place.protocol === 'http') {
      const answer = (request: http.IncomingMessage, response: http.ServerResponse): void =>
        void this.#answer(place, request, response);
      const server =
        place.tls === undefined ? http.createServer(answer) : https.createServer(place.tls, answer);
      server.keepAliveTimeout = 0;
      server.on('upgrade', (request: http.IncomingMessage, socket: net.Socket) => {
        this.#record(place, request);
        socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
        socket.on('data', (data) => socket.write(data));
      });
      return server;
    }
    const greet = (socket: net.Socket): void => {
      socket.on('error', () => undefined);
      socket.write(`${place.service} ${place.version} ${place.instance}\n`);
      socket.on('data', (data) => socket.write(data));
    };
    return place.tls === undefined ? net.createServer(greet) : tls.createServer(place.tls, greet);
  }

  #record(place: EchoPlace, request: http.IncomingMessage | http2.Http2ServerRequest): Arrival[] {
    const headers: [string, string][] = [];
    for (let i = 0; i < request.rawHeaders.length; i += 2) {
      headers.push([(request.rawHeaders[i] ?? '').toLowerCase(), request.rawHeaders[i + 1] ?? '']);
    }
    const authority = (request.headers[':authority'] as string | undefined) ?? request.headers.host ?? '';
    const id = one(request.headers['x-test-id']) ?? '';
    const seen = this.#arrivals.get(id) ?? [];
    seen.push({
      service: place.service,
      version: place.version,
      port: place.port,
      instance: place.instance,
      method: request.method ?? '',
      path: request.url ?? '',
      host: authority,
      ...(place.tls === undefined ? {} : { serverName: serverName(request.socket) }),
      headers,
      at: performance.now(),
    });
    this.#arrivals.set(id, seen);
    return seen;
  }

  async #answer(
    place: EchoPlace,
    request: http.IncomingMessage | http2.Http2ServerRequest,
    response: http.ServerResponse | http2.Http2ServerResponse,
  ): Promise<void> {
    const seen = this.#record(place, request);
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    request.resume();
    const times = Number(one(request.headers['x-echo-times']) ?? Number.POSITIVE_INFINITY);
    const only = one(request.headers['x-echo-only']);
    const copies = (one(request.headers['x-echo-except']) ?? '').split(' ');
    const counted = seen.filter(({ service, version }) => !isAt(copies, service, version)).length;
    const copy = isAt(copies, place.service, place.version);
    const asked = !copy && counted <= times && (only === undefined || only === place.instance);
    const delay = asked ? Number(one(request.headers['x-echo-delay']) ?? 0) : 0;
    if (delay > 0) await new Promise((done) => setTimeout(done, delay));
    if (asked && request.headers['x-echo-reset'] !== undefined) {
      request.socket.destroy();
      return;
    }
    const sick = seen[0]?.headers.some(([name]) => name === 'x-test-id')
      ? undefined
      : this.#checkStatus(place.instance);
    const status = asked ? Number(one(request.headers['x-echo-status']) ?? sick ?? 200) : 200;
    const body = JSON.stringify({ service: place.service, version: place.version, instance: place.instance });
    const headers: Record<string, string> = {
      'x-echo-service': place.service,
      'x-echo-version': place.version,
      'x-echo-instance': place.instance,
      'x-from-app': 'app',
      'content-type': place.protocol === 'grpc' ? 'application/grpc' : 'application/json',
    };
    const said = /^([^:]+): (.*)$/.exec(one(request.headers['x-echo-header']) ?? '');
    if (said?.[1] !== undefined) headers[said[1]] = said[2] ?? '';
    if (request.url === '/grpc.health.v1.Health/Check') {
      healthAnswer(response as http2.Http2ServerResponse, sick === undefined);
      return;
    }
    if (place.protocol === 'grpc') {
      grpcAnswer(
        response as http2.Http2ServerResponse,
        headers,
        asked ? one(request.headers['x-echo-grpc']) : undefined,
      );
      return;
    }
    (response as http.ServerResponse).writeHead(status, headers);
    response.end(body);
  }
}

/**
 * Sends a gRPC answer without messages: headers, then trailers with the status; an error has only trailers, as real
 * servers send it.
 */
function grpcAnswer(
  response: http2.Http2ServerResponse,
  headers: Record<string, string>,
  status = '0',
): void {
  if (status !== '0') {
    response.stream.respond({ ':status': 200, ...headers, 'grpc-status': status }, { endStream: true });
    return;
  }
  response.writeHead(200, headers);
  response.addTrailers({ 'grpc-status': status });
  response.end();
}

/** Answers with a HealthCheckResponse (grpc.health.v1): SERVING is 1, NOT_SERVING 2. */
function healthAnswer(response: http2.Http2ServerResponse, isServing: boolean): void {
  response.writeHead(200, { 'content-type': 'application/grpc' });
  response.addTrailers({ 'grpc-status': '0' });
  response.end(Buffer.from([0, 0, 0, 0, 2, 8, isServing ? 1 : 2]));
}

function addressOf({ address: { host, port } }: EchoPlace): string {
  return `${host}:${String(port)}`;
}

function serverName(socket: net.Socket): string {
  const { servername } = socket as { readonly servername?: string | false };
  return typeof servername === 'string' ? servername : '';
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function isAt(places: readonly string[], service: string, version: string): boolean {
  return places.includes(`${service}@${version}`) || places.includes(`${service}@*`);
}
