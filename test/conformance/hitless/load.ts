import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Probe } from './judge.ts';
import type { World } from './model.ts';

/** A request that was answered; times are in ms of the process. */
export interface Sent {
  readonly probe: Probe;
  readonly started: number;
  readonly ended: number;
  readonly answer: Answer;
}

export const probes: readonly Probe[] = (['web', 'other', 'anonymous', 'gateway'] as const).flatMap(
  (from) => [
    { from, to: 'reviews', method: 'GET', path: '/', headers: {} },
    { from, to: 'reviews', method: 'GET', path: '/r/1', headers: { 'x-user': 'tester' } },
    { from, to: 'reviews', method: 'POST', path: '/r/2', headers: {} },
    { from, to: 'reviews', method: 'GET', path: '/admin', headers: {} },
    ...(from === 'gateway' ? [] : [{ from, to: 'ratings' as const, method: 'GET', path: '/', headers: {} }]),
  ],
);

/** Sends every probe one after the other, over kept connections, until it is stopped; `take` gets each answer. */
export class Load {
  readonly #agents: http.Agent[] = [];
  readonly #workers: Promise<void>[];
  #stopped = false;

  constructor(world: World, take: (sent: Sent) => void) {
    const workers = (['web', 'other', 'anonymous', 'gateway'] as const).flatMap((from) => [from, from]);
    this.#workers = workers.map(async (from) => {
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      this.#agents.push(agent);
      const own = probes.filter((probe) => probe.from === from);
      for (let turn = 0; !this.#stopped; turn += 1) {
        const probe = own[turn % own.length];
        if (probe === undefined) return;
        const started = performance.now();
        const answer = await send(world, probe, agent);
        if (answer !== undefined) take({ probe, started, ended: performance.now(), answer });
        await sleep(4);
      }
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#workers);
    for (const agent of this.#agents) agent.destroy();
  }
}

function addressOf({ callers, gateway, instances }: World, { from, to }: Probe): number {
  if (from === 'gateway') return gateway.port;
  // A caller without a proxy calls an instance directly.
  if (from === 'anonymous') return instances[to === 'reviews' ? 'v1a' : 'r1a']?.inbound ?? 0;
  return callers[from].outbound;
}

/**
 * Sends a probe. Returns undefined if the kept connection had been closed before the request: the client must try again
 * (RFC 9110, 9.2.2).
 */
function send(world: World, probe: Probe, agent: http.Agent): Promise<Answer | undefined> {
  const { from, to, method, path, headers } = probe;
  return new Promise((done) => {
    const host = from === 'gateway' ? 'shop.example' : to;
    const port = addressOf(world, probe);
    const request = http.request({
      host: '127.0.0.1',
      port,
      method,
      path,
      agent,
      headers: { ...headers, host },
    });
    request.on('response', (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('error', (error) => done({ status: 0, error: `cut: ${error.message}` }));
      response.on('end', () => {
        const isOurs = response.headers['x-application'] === 'true';
        const application = isOurs ? (JSON.parse(body) as Answer['application']) : undefined;
        done({
          status: response.statusCode ?? 0,
          ...(application ? { application } : { error: body.slice(0, 200) }),
        });
      });
    });
    request.on('error', (error) =>
      done(request.reusedSocket ? undefined : { status: 0, error: error.message }),
    );
    request.setTimeout(15_000, () => request.destroy(new Error('no answer for 15 s')));
    request.end();
  });
}
