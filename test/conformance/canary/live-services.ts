import http from 'node:http';

/** The behaviour of one version: the share of answers with status 500, and the time that each takes (ms). */
export interface Manners {
  readonly bad: number;
  readonly delay: number;
}

/** An application of one version that fails at random. */
export class FallibleApp {
  /** Requests so far. */
  served = 0;
  readonly #server: http.Server;

  constructor({ bad, delay }: Manners) {
    this.#server = http.createServer((_, response) => {
      this.served += 1;
      const answer = (): void => void response.writeHead(Math.random() < bad ? 500 : 200).end();
      if (delay === 0) answer();
      else setTimeout(answer, delay);
    });
    this.#server.keepAliveTimeout = 0;
  }

  listen({ host, port }: { readonly host: string; readonly port: number }): Promise<void> {
    return new Promise((ready) => this.#server.listen(port, host, ready));
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((done) => this.#server.close(() => done()));
  }
}

/** Sends requests at a steady rate through a caller's proxy; ignores answers and failures. */
export class Load {
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #sent = new Map<string, number>();

  /** Begins to send so many requests a second to a host. */
  begin(outbound: { readonly host: string; readonly port: number }, host: string, perSecond: number): void {
    const every = Math.max(20, 1000 / perSecond);
    let sent = 0;
    const began = Date.now();
    const timer = setInterval(() => {
      // A busy machine may skip ticks, so send all requests that are due.
      for (const due = ((Date.now() - began) / 1000) * perSecond; sent < due; sent++) {
        this.#sent.set(host, this.sent(host) + 1);
        const request = http.get({ ...outbound, path: '/', headers: { host }, agent: this.#agent });
        request.on('error', () => undefined);
        request.on('response', (response) => response.on('error', () => undefined).resume());
      }
    }, every);
    this.#timers.push(timer);
  }

  /** Returns the requests that were sent to a host so far. */
  sent(host: string): number {
    return this.#sent.get(host) ?? 0;
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#agent.destroy();
  }
}
