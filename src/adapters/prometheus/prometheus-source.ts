import {
  type Matrix,
  readMatrix,
  readVector,
  type Vector,
} from '../../core/canary/counters/prometheus-answer.ts';
import { aliveQuery, counterQueries, rateQueries } from '../../core/canary/counters/prometheus-query.ts';
import { proxyOf } from '../../core/canary/counters/proxy-of.ts';
import { type Reading, readCounters } from '../../core/canary/counters/read-counters.ts';
import type { Sample } from '../../core/canary/counters/sample.ts';
import type { Arms, Side } from '../../core/evidence/arms.ts';
import type { FailedScrape, Scrape } from '../../core/evidence/stream-line.ts';
import { failedLine, isUnreadable, type Unreadable } from '../../core/evidence/unreadable.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MetricsSource, RequestRate } from '../../ports/metrics-source.ts';
import { askPrometheus } from './ask-prometheus.ts';
import { type PrometheusAccess, prometheusAccess } from './prometheus-access.ts';

/** Seconds over which the present rate is averaged. */
const rateWindow = 300;

/** Seconds by which the server's clock may differ from ours. */
const largestSkew = 60;

/** Reads the counters of proxies from a Prometheus server. */
export class PrometheusSource implements MetricsSource {
  readonly description: string;
  readonly #access: PrometheusAccess;
  readonly #clock: Clock;

  /** Throws PortError(15) if the credentials of the environment can't be used. */
  constructor(url: string, environment: NodeJS.ProcessEnv, clock: Clock) {
    this.#access = prometheusAccess(url, environment);
    this.#clock = clock;
    this.description = `the Prometheus server at ${this.#access.base.origin}${this.#access.base.pathname.replace(/\/$/, '')}`;
  }

  /** Closes all connections that are idle. */
  close(): void {
    this.#access.agent.destroy();
  }

  async read(arms: Arms, t: number, signal?: AbortSignal): Promise<readonly (Scrape | FailedScrape)[]> {
    const reading = await this.#reading(arms, signal);
    if (isUnreadable(reading))
      return [failedLine(t, { cause: reading.cause, why: `${this.description}: ${reading.why}` })];
    return readCounters(arms, reading, t);
  }

  async rate(arms: Arms, signal?: AbortSignal): Promise<RequestRate | Unreadable> {
    const values = await Promise.all(rateQueries(arms, rateWindow).map((query) => this.value(query, signal)));
    let perSecond = 0;
    for (const value of values) {
      if (typeof value === 'number') perSecond += value;
      // Without any series, no proxy has ever sent a request to the service.
      else if (value.cause !== 'empty') return value;
    }
    return { perSecond, seconds: rateWindow };
  }

  async value(query: string, signal?: AbortSignal): Promise<number | Unreadable> {
    const vector = await this.#vector('', query, undefined, signal);
    if (isUnreadable(vector)) return vector;
    const [only, ...others] = vector.samples;
    if (only === undefined) return { cause: 'empty', why: `the query ${query} gives no series` };
    if (others.length > 0)
      return {
        cause: 'series',
        why: `the query ${query} gives ${String(vector.samples.length)} series, where one is expected`,
      };
    if (Number.isFinite(only.value)) return only.value;
    return { cause: 'counters', why: `the query ${query} gives ${String(only.value)}` };
  }

  /**
   * Reads a span of the past in steps, both in seconds; `from` and `to` are times of the server in seconds since the
   * epoch, and `t` of a line counts from `from`. Never rejects.
   */
  async range(
    arms: Arms,
    span: { readonly from: number; readonly to: number; readonly step: number },
    signal?: AbortSignal,
  ): Promise<readonly (Scrape | FailedScrape)[] | Unreadable> {
    const sides = sidesOf(arms);
    const [alive, counted] = await Promise.all([
      Promise.all(sides.map(([, query]) => this.#matrix('', query, span, signal))),
      Promise.all(counterQueries(arms).map(({ metric, query }) => this.#matrix(metric, query, span, signal))),
    ]);
    const unreadable = [...alive, ...counted].find(isUnreadable);
    if (unreadable !== undefined) return unreadable;
    const lines: (Scrape | FailedScrape)[] = [];
    for (let at = span.from; at <= span.to; at += span.step) {
      const samplesAt = (matrix: Matrix | Unreadable): readonly Sample[] =>
        isUnreadable(matrix) ? [] : (matrix.get(at) ?? []);
      const reading = {
        samples: counted.flatMap(samplesAt),
        alive: Object.fromEntries(
          sides.map(([side], i) => [side, runningOf(arms, samplesAt(alive[i] ?? new Map()))]),
        ),
      };
      lines.push(...readCounters(arms, reading, at - span.from));
    }
    return lines;
  }

  /** Reads all series at one moment of the server. */
  async #reading(arms: Arms, signal: AbortSignal | undefined): Promise<Reading | Unreadable> {
    const sides = sidesOf(arms);
    const asked = this.#clock.now().getTime() / 1000;
    // Both sides may have the same `alive` series.
    const asking = new Map(
      [...new Set(sides.map(([, query]) => query))].map(
        (query) => [query, this.#vector('', query, undefined, signal)] as const,
      ),
    );
    const alive = await Promise.all(
      sides.map(([, query]) => asking.get(query) ?? this.#vector('', query, undefined, signal)),
    );
    const failed = alive.find(isUnreadable);
    if (failed !== undefined) return failed;
    const vectors = alive.filter((vector): vector is Vector => !isUnreadable(vector));
    const at = vectors.find((vector) => vector.at !== undefined)?.at;
    if (at !== undefined && Math.abs(at - asked) > largestSkew)
      return {
        cause: 'clock',
        why: `its clock differs from ours by ${String(Math.round(Math.abs(at - asked)))} s`,
      };
    const time = at === undefined ? {} : { time: String(at) };
    const counted = await Promise.all(
      counterQueries(arms).map(({ metric, query }) => this.#vector(metric, query, time, signal)),
    );
    const unreadable = counted.find(isUnreadable);
    if (unreadable !== undefined) return unreadable;
    return {
      samples: counted.flatMap((vector) => (isUnreadable(vector) ? [] : vector.samples)),
      alive: Object.fromEntries(sides.map(([side], i) => [side, runningOf(arms, vectors[i]?.samples ?? [])])),
    };
  }

  async #vector(
    metric: string,
    query: string,
    time: Readonly<Record<string, string>> | undefined,
    signal: AbortSignal | undefined,
  ): Promise<Vector | Unreadable> {
    const answer = await askPrometheus(this.#access, 'query', { query, ...time }, signal);
    return isUnreadable(answer) ? answer : readVector(answer.body, metric);
  }

  async #matrix(
    metric: string,
    query: string,
    { from, to, step }: { readonly from: number; readonly to: number; readonly step: number },
    signal: AbortSignal | undefined,
  ): Promise<Matrix | Unreadable> {
    const form = { query, start: String(from), end: String(to), step: String(step) };
    const answer = await askPrometheus(this.#access, 'query_range', form, signal);
    return isUnreadable(answer) ? answer : readMatrix(answer.body, metric);
  }
}

function sidesOf(arms: Arms): readonly (readonly [Side, string])[] {
  return (['client', 'server'] as const).flatMap((side) => {
    const series = arms.alive[side];
    return series === undefined ? [] : [[side, aliveQuery(arms, series)] as const];
  });
}

function runningOf(arms: Arms, samples: readonly Sample[]): ReadonlyMap<string, number> {
  return new Map(samples.map((sample) => [proxyOf(arms, sample), sample.value]));
}
