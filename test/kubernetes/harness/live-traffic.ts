import type { LiveObject } from '../../../src/ports/cluster.ts';
import { StandIn, vector } from '../../adapters/prometheus/stand-in.ts';

type Version = 'v1' | 'v2';

/**
 * Requests to two versions of `reviews` that divide as the live VirtualService says, and a stand-in of Prometheus that
 * counts them as Istio's proxies do.
 */
export class LiveTraffic {
  /** Shares of v2 that were seen, in per cent, each once in a row. */
  readonly shares: number[] = [];
  /** The part of the requests to v2 that fail (0–1). */
  failing = 0;
  readonly #server: StandIn;
  readonly #routes: () => Promise<readonly LiveObject[]>;
  readonly #namespace: string;
  readonly #counts: Record<Version, { ok: number; bad: number }> = {
    v1: { ok: 0, bad: 0 },
    v2: { ok: 0, bad: 0 },
  };
  #isOver = false;
  #looking: Promise<void> = Promise.resolve();

  private constructor(namespace: string, routes: () => Promise<readonly LiveObject[]>) {
    this.#namespace = namespace;
    this.#routes = routes;
    this.#server = new StandIn(
      ({ form }, response) => void response.end(this.#answer(form.get('query') ?? '')),
    );
  }

  /** Begins with the traffic; `routes` reads the live VirtualServices of the namespace. */
  static async start(
    namespace: string,
    routes: () => Promise<readonly LiveObject[]>,
  ): Promise<{ readonly traffic: LiveTraffic; readonly url: string }> {
    const traffic = new LiveTraffic(namespace, routes);
    const url = await traffic.#server.listen();
    traffic.#looking = traffic.#flow();
    return { traffic, url };
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#looking;
    await this.#server.stop();
  }

  /** Waits until v2 has a share. */
  async until(share: number): Promise<void> {
    for (let tries = 0; this.shares.at(-1) !== share; tries += 1) {
      if (tries > 300) throw new Error(`v2 never had ${String(share)}%, but ${this.shares.join(', ')}`);
      await pause(100);
    }
  }

  async #flow(): Promise<void> {
    while (!this.#isOver) {
      const share = shareOf(await this.#routes());
      if (share !== undefined) {
        if (share !== this.shares.at(-1)) this.shares.push(share);
        this.#send('v1', (perLook * (100 - share)) / 100, 0);
        this.#send('v2', (perLook * share) / 100, this.failing);
      }
      await pause(100);
    }
  }

  #send(version: Version, requests: number, failing: number): void {
    this.#counts[version].bad += requests * failing;
    this.#counts[version].ok += requests * (1 - failing);
  }

  #answer(query: string): string {
    const namespace = this.#namespace;
    if (query.startsWith('count by'))
      return vector(['web-0', 'reviews-v1-0', 'reviews-v2-0'].map((pod) => [{ namespace, pod }, '1']));
    const [, version] = /destination_version="(v[12])"/.exec(query) ?? [];
    const [, reporter = ''] = /reporter="(\w+)"/.exec(query) ?? [];
    if (version !== 'v1' && version !== 'v2') return vector([]);
    const { ok, bad } = this.#counts[version];
    const labels = {
      ...{
        namespace,
        reporter,
        destination_service_name: 'reviews',
        destination_service_namespace: namespace,
      },
      ...{ destination_version: version, response_flags: '-', grpc_response_status: '' },
      pod: reporter === 'source' ? 'web-0' : `reviews-${version}-0`,
    };
    return vector([
      [{ ...labels, response_code: '200' }, String(Math.floor(ok))],
      [{ ...labels, response_code: '503' }, String(Math.floor(bad))],
    ]);
  }
}

/** Requests that are sent at each look at the weights. */
const perLook = 400;

function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}

/** The part of a VirtualService (networking.istio.io/v1) that divides requests. */
interface Divided {
  readonly http?: readonly {
    readonly route?: readonly {
      readonly destination: { readonly subset?: string };
      readonly weight?: number;
    }[];
  }[];
}

/** Returns the share of v2 in per cent; undefined if no route leads to a version. */
function shareOf(routes: readonly LiveObject[]): number | undefined {
  const parts = routes
    .flatMap(({ spec }) => (spec as Divided).http ?? [])
    .flatMap(({ route = [] }) => route)
    .filter(({ destination }) => destination.subset === 'v1' || destination.subset === 'v2');
  if (parts.length === 0) return undefined;
  const sum = (found: typeof parts) => found.reduce((total, { weight = 1 }) => total + weight, 0);
  return Math.round((100 * sum(parts.filter(({ destination }) => destination.subset === 'v2'))) / sum(parts));
}
