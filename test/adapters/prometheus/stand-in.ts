import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a stand-in got. */
export interface Received {
  readonly path: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly form: URLSearchParams;
}

/** Answers as a Prometheus server would, or as none should. */
export type Respond = (received: Received, response: http.ServerResponse) => void;

/** A server on the loopback that stands in for Prometheus. */
export class StandIn {
  readonly received: Received[] = [];
  readonly #server: http.Server;

  constructor(respond: Respond) {
    this.#server = http.createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const received = {
          path: request.url ?? '',
          headers: request.headers,
          form: new URLSearchParams(Buffer.concat(chunks).toString()),
        };
        this.received.push(received);
        respond(received, response);
      });
    });
  }

  async listen(): Promise<string> {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready));
    return `http://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
  }
}

/** Returns an answer of the HTTP API with a vector: labels and value of each series, at a moment in seconds. */
export function vector(
  series: readonly (readonly [Readonly<Record<string, string>>, string])[],
  at = Date.now() / 1000,
): string {
  const result = series.map(([metric, value]) => ({ metric, value: [at, value] }));
  return JSON.stringify({ status: 'success', data: { resultType: 'vector', result } });
}
