import http from 'node:http';

/** An answer: the status (0 if there is none) and the first line of the body. */
export interface Reply {
  readonly status: number;
  readonly servedBy: string;
  readonly body: string;
}

/** Makes one call as an application does: to its own proxy, which finds the service by `Host`. */
export function ask(
  proxy: number,
  host: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  agent?: http.Agent,
): Promise<Reply> {
  return new Promise((resolve) => {
    const options = {
      host: '127.0.0.1',
      port: proxy,
      method,
      path,
      headers: { host, ...headers },
      timeout: 5000,
    };
    const request = http.request(agent ? { ...options, agent } : options, (response) => {
      let body = '';
      response.on('data', (data: Buffer) => {
        body += data.toString();
      });
      response.on('error', () => undefined);
      response.on('close', () => {
        const complete = response.complete ? (response.statusCode ?? 0) : 0;
        resolve({
          status: complete,
          servedBy: String(response.headers['x-served-by'] ?? ''),
          body: body.trim(),
        });
      });
    });
    request.on('timeout', () => request.destroy());
    request.on('error', (error) => {
      resolve({ status: 0, servedBy: '', body: error.message });
    });
    request.end();
  });
}

/** Requests at a steady rate, counted by their answers. */
export class Visitors {
  sent = 0;
  failed = 0;
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
  readonly #timer: NodeJS.Timeout;

  /** Begins to send so many requests a second to a host, by way of a proxy. */
  constructor(proxy: number, host: string, perSecond: number) {
    const began = performance.now();
    let due = 0;
    this.#timer = setInterval(() => {
      // A busy machine skips ticks; the rate stays.
      for (; due < ((performance.now() - began) / 1000) * perSecond; due += 1) {
        void ask(proxy, host, 'GET', '/reviews/7', {}, this.#agent).then(({ status }) => {
          this.sent += 1;
          if (status !== 200) this.failed += 1;
        });
      }
    }, 50);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#agent.destroy();
  }
}

/**
 * Starts a steady stream of calls until it is stopped; returns the number of calls and of those not answered with 200.
 */
export function load(
  proxy: number,
  host: string,
): { stop(): Promise<{ sent: number; failed: number; failures: readonly string[] }> } {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });
  let sent = 0;
  const failures: string[] = [];
  let running = true;
  const lanes = Array.from({ length: 4 }, async () => {
    while (running) {
      const reply = await ask(proxy, host, 'GET', '/load', {}, agent);
      sent += 1;
      if (reply.status !== 200) failures.push(`${String(reply.status)} ${reply.body}`);
      await new Promise((done) => setTimeout(done, 5));
    }
  });
  return {
    async stop() {
      running = false;
      await Promise.all(lanes);
      agent.destroy();
      return { sent, failed: failures.length, failures };
    },
  };
}
