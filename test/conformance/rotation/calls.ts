import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Shop } from './shop.ts';

/** Calls from both callers to both services, one after the other in four workers, until they are stopped. */
export class Calls {
  /** The number of answered requests by service. */
  readonly served = { reviews: 0, ratings: 0 };
  /** The requests that failed: number, time, caller, service, the moment of the rotation, and the reason. */
  readonly failed: string[] = [];
  readonly #workers: readonly Promise<void>[];
  #stopped = false;

  /** `moment` says what the rotation does when a request is sent. */
  constructor(shop: Shop, pause: number, moment = () => 'no rotation') {
    const kinds = (['web', 'other'] as const).flatMap((from) =>
      (['reviews', 'ratings'] as const).map((to) => ({ from, to })),
    );
    this.#workers = kinds.map(async ({ from, to }) => {
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      while (!this.#stopped) {
        const [sent, during] = [new Date().toISOString(), moment()];
        const answer = await call(shop.callers[from].outbound, to, agent);
        if (answer === '200') this.served[to] += 1;
        else if (answer !== undefined)
          this.failed.push(
            `request ${String(this.requests + 1)} of ${from} to ${to}, sent ${sent} (${during}), failed ${new Date().toISOString()} (${moment()}): ${answer}`,
          );
        await sleep(pause);
      }
      agent.destroy();
    });
  }

  get requests(): number {
    return this.served.reviews + this.served.ratings + this.failed.length;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#workers);
  }
}

/**
 * Sends one request. Returns the status, or the reason of a failure; undefined if the kept connection to the caller's
 * own proxy had been closed before the request: the client must try again (RFC 9110, 9.2.2).
 */
function call(port: number, to: string, agent: http.Agent): Promise<string | undefined> {
  return new Promise((done) => {
    const request = http.get({ host: '127.0.0.1', port, path: '/', agent, headers: { host: to } });
    request.on('response', (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('error', (error) => done(`cut: ${error.message}`));
      response.on('end', () =>
        done(response.statusCode === 200 ? '200' : `${String(response.statusCode)} ${body.slice(0, 200)}`),
      );
    });
    request.on('error', (error) => done(request.reusedSocket ? undefined : error.message));
    request.setTimeout(15_000, () => request.destroy(new Error('no answer for 15 s')));
  });
}
