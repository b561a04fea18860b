import http from 'node:http';
import http2 from 'node:http2';

/**
 * An application that answers as the last part of a path asks: `ok`, a status, `hang`, `slow`, `reset` (before the
 * headers), `cut` (within the body), `flaky` (503 at each first try); over gRPC a status number.
 */
export class MoodyApp {
  readonly #servers: (http.Server | http2.Http2Server)[] = [];
  readonly #tries = new Map<string, number>();

  async listen(protocol: string, address: { readonly host: string; readonly port: number }): Promise<void> {
    const server =
      protocol === 'grpc'
        ? http2.createServer().on('stream', answerGrpc)
        : http.createServer((request, response) => this.#answer(request, response));
    this.#servers.push(server);
    await new Promise<void>((ready) => server.listen(address.port, address.host, ready));
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.#servers.map((server) => {
        if (server instanceof http.Server) server.closeAllConnections();
        return new Promise((done) => setTimeout(done, 500, server.close()));
      }),
    );
  }

  #answer({ url = '', socket }: http.IncomingMessage, response: http.ServerResponse): void {
    const mood = url.split('/').at(-1) ?? '';
    if (/^\d{3}$/.test(mood)) response.writeHead(Number(mood)).end();
    else if (mood === 'hang') setTimeout(() => response.end(), 3000);
    else if (mood === 'slow') setTimeout(() => response.end('late'), 850);
    else if (mood === 'reset') socket.destroy();
    else if (mood === 'cut') {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('a part');
      setTimeout(() => socket.destroy(), 40);
    } else if (url.includes('flaky')) {
      const tries = (this.#tries.get(url) ?? 0) + 1;
      this.#tries.set(url, tries);
      response.writeHead(tries === 1 ? 503 : 200).end();
    } else response.end('fine');
  }
}

function answerGrpc(stream: http2.ServerHttp2Stream, asked: http2.IncomingHttpHeaders): void {
  const status = asked[':path']?.split('/').at(-1) ?? '0';
  const headers = { ':status': 200, 'content-type': 'application/grpc' };
  stream.on('error', () => undefined);
  if (status === '0') {
    stream.respond(headers, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end();
  } else stream.respond({ ...headers, 'grpc-status': status }, { endStream: true });
}
