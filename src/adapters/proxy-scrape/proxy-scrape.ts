import { readExposition } from '../../core/canary/counters/exposition.ts';
import { matchesSeries } from '../../core/canary/counters/matches.ts';
import { seriesOf } from '../../core/canary/counters/prometheus-query.ts';
import { readCounters } from '../../core/canary/counters/read-counters.ts';
import type { Sample } from '../../core/canary/counters/sample.ts';
import type { Arms, ScrapedProxy, Side } from '../../core/evidence/arms.ts';
import type { FailedScrape, Scrape } from '../../core/evidence/stream-line.ts';
import { failedLine, isUnreadable, type Unreadable } from '../../core/evidence/unreadable.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MetricsSource, RequestRate } from '../../ports/metrics-source.ts';
import type { AdminAnswer, ProxyAdmin } from '../../ports/proxy-admin.ts';

/** Milliseconds for the answer of one proxy. */
const answerWithin = 3_000;

/** The most proxies that are asked at the same time. */
const atOnce = 16;

/** Milliseconds between the two readings that give the present rate. */
const rateWindow = 10_000;

/** Reads counters from the proxies themselves. */
export class ProxyScrape implements MetricsSource {
  readonly description = 'the proxies themselves';
  readonly #admin: ProxyAdmin;
  readonly #clock: Clock;

  constructor(admin: ProxyAdmin, clock: Clock) {
    this.#admin = admin;
    this.#clock = clock;
  }

  async read(arms: Arms, t: number, signal?: AbortSignal): Promise<readonly (Scrape | FailedScrape)[]> {
    const asked = await this.#ask(arms, wantedMetrics(arms), signal);
    const callers = asked.filter(({ proxy }) => proxy.sides.includes('client'));
    const failures = callers.flatMap(({ answer }) => (isUnreadable(answer) ? [answer] : []));
    if (failures.length === callers.length)
      return [failedLine(t, failures[0] ?? { cause: 'empty', why: 'no proxy of a caller is known' })];
    const failed = asked.flatMap(({ proxy, answer }) =>
      isUnreadable(answer) ? [failedLine(t, answer, { instance: proxy.id, ...sideOf(proxy) })] : [],
    );
    const samples = asked.flatMap(({ answer }) => (isUnreadable(answer) ? [] : answer));
    const alive = { client: running(arms, 'client', asked), server: running(arms, 'server', asked) };
    return [...readCounters(arms, { samples, alive }, t), ...failed];
  }

  async rate(arms: Arms, signal?: AbortSignal): Promise<RequestRate | Unreadable> {
    const first = await this.#total(arms, signal);
    if (isUnreadable(first)) return first;
    await this.#clock.sleep(rateWindow, signal);
    const second = await this.#total(arms, signal);
    if (isUnreadable(second)) return second;
    const seconds = (second.at - first.at) / 1000;
    // Proxies that restarted or came between both readings are left out.
    const grown = [...second.counts].map(([proxy, count]) =>
      Math.max(0, count - (first.counts.get(proxy) ?? count)),
    );
    return { perSecond: seconds > 0 ? grown.reduce((sum, each) => sum + each, 0) / seconds : 0, seconds };
  }

  /** Returns the requests to all versions so far, by caller's proxy. */
  async #total(
    arms: Arms,
    signal: AbortSignal | undefined,
  ): Promise<{ readonly at: number; readonly counts: ReadonlyMap<string, number> } | Unreadable> {
    const callers = (arms.proxies ?? []).filter(({ sides }) => sides.includes('client'));
    const asked = await this.#ask(
      { ...arms, proxies: callers },
      new Set(arms.all.map(({ metric }) => metric)),
      signal,
    );
    const unreadable = asked.flatMap(({ answer }) => (isUnreadable(answer) ? [answer] : []))[0];
    if (unreadable !== undefined && asked.every(({ answer }) => isUnreadable(answer))) return unreadable;
    const series = arms.all.map(matchesSeries);
    const isCounted = (sample: Sample): boolean => series.some((matches) => matches(sample));
    const counts = asked.flatMap(({ proxy, answer }) =>
      isUnreadable(answer)
        ? []
        : [[proxy.id, answer.filter(isCounted).reduce((sum, { value }) => sum + value, 0)] as const],
    );
    return { at: this.#clock.monotonic(), counts: new Map(counts) };
  }

  /** Asks all proxies, `atOnce` at a time. */
  async #ask(
    { proxies = [], proxyLabels: [proxyLabel] }: Arms,
    metrics: ReadonlySet<string>,
    signal: AbortSignal | undefined,
  ): Promise<readonly Asked[]> {
    const asked: Asked[] = [];
    const left = [...proxies.entries()].reverse();
    const work = async (): Promise<void> => {
      for (let next = left.pop(); next !== undefined; next = left.pop()) {
        const [i, proxy] = next;
        const answer = await this.#admin.get(proxy.address, proxy.path, answerWithin, signal);
        asked[i] = { proxy, answer: samplesOf(answer, proxy, proxyLabel, metrics) };
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, proxies.length) }, work));
    return asked;
  }
}

interface Asked {
  readonly proxy: ScrapedProxy;
  readonly answer: readonly Sample[] | Unreadable;
}

function samplesOf(
  answer: AdminAnswer,
  { id, address }: ScrapedProxy,
  proxyLabel: string,
  metrics: ReadonlySet<string>,
): readonly Sample[] | Unreadable {
  switch (answer.state) {
    case 'answered': {
      const samples = readExposition(answer.body, metrics);
      if (isUnreadable(samples))
        return { ...samples, why: `the counters of ${id} at ${address}: ${samples.why}` };
      return samples.map((sample) => ({ ...sample, labels: { ...sample.labels, [proxyLabel]: address } }));
    }
    case 'unusable':
      return { cause: 'counters', why: `the proxy ${id} at ${address}: ${answer.why}` };
    case 'absent':
      return { cause: 'unreachable', why: `the proxy ${id} isn't running at ${address}` };
    case 'silent':
      return { cause: 'unreachable', why: `the proxy ${id} at ${address} doesn't answer in time` };
  }
}

function wantedMetrics(arms: Arms): ReadonlySet<string> {
  return new Set([...seriesOf(arms), ...Object.values(arms.alive)].map(({ metric }) => metric));
}

function running(arms: Arms, side: Side, asked: readonly Asked[]): ReadonlyMap<string, number> {
  const series = arms.alive[side];
  if (series === undefined) return new Map();
  const isAlive = matchesSeries(series);
  return new Map(
    asked.flatMap(({ proxy, answer }) => {
      if (isUnreadable(answer) || !proxy.sides.includes(side)) return [];
      const count = answer.filter(isAlive).length;
      return count === 0 ? [] : [[proxy.address, count] as const];
    }),
  );
}

/** Returns the side of a proxy's failed line: the failure of a proxy that only serves concerns no caller's counts. */
function sideOf({ sides }: ScrapedProxy): { readonly side?: 'server' } {
  return sides.includes('client') ? {} : { side: 'server' };
}
