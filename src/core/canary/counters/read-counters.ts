import type { ArmCounter, Arms, Side } from '../../targets/arms.ts';
import type { FailedScrape, Scrape } from '../evidence/stream-line.ts';
import { matchesLabels, matchesSeries } from './matches.ts';
import type { Sample } from './sample.ts';
import { failedLine, isUnreadable, type Unreadable } from './unreadable.ts';

/** The series that were read at one moment. */
export interface Reading {
  readonly samples: readonly Sample[];
  /** For each side the number of series by which a running proxy is known, by the value of the proxy label. */
  readonly alive: Readonly<Partial<Record<Side, ReadonlyMap<string, number>>>>;
}

/**
 * Returns the lines of evidence of one reading, `t` seconds after the attempt began: one a proxy, side and arm. A
 * running proxy of a caller that has counted nothing for an arm has a line with zeros. Series that can't be trusted
 * (not finite, negative, doubled) give failed lines and never numbers.
 */
export function readCounters(
  arms: Arms,
  { samples, alive }: Reading,
  t: number,
): readonly (Scrape | FailedScrape)[] {
  const lines: (Scrape | FailedScrape)[] = [];
  for (const side of ['client', 'server'] as const) {
    const counters = arms.counters.filter((counter) => counter.side === side);
    const running = alive[side];
    if (counters.length === 0) continue;
    if (running === undefined || running.size === 0) {
      const why = `no proxy of a ${side === 'client' ? 'caller' : 'server'} is seen: there is no series ${arms.alive[side]?.metric ?? ''}`;
      // The counts of servers only say who is to blame.
      if (side === 'client') lines.push(failedLine(t, { cause: 'empty', why }));
      continue;
    }
    const doubled = [...running].find(([, count]) => count !== 1);
    if (doubled !== undefined) {
      lines.push(failedLine(t, { cause: 'series', why: doubledWords(arms, side, doubled) }, sideOf(side)));
      continue;
    }
    for (const counter of counters)
      lines.push(...linesOf(arms, counter, samples, [...running.keys()].sort(), t));
  }
  return lines;
}

function doubledWords(arms: Arms, side: Side, [proxy, count]: readonly [string, number]): string {
  return `${String(count)} series ${arms.alive[side]?.metric ?? ''} of ${arms.proxyLabel}=${JSON.stringify(proxy)}, where one is expected: two servers or jobs read the same proxies, and each request would count more than once`;
}

function linesOf(
  arms: Arms,
  counter: ArmCounter,
  samples: readonly Sample[],
  running: readonly string[],
  t: number,
): readonly (Scrape | FailedScrape)[] {
  const counts = new Map<string, Counts>();
  const isRequest = matchesSeries(counter.requests);
  const bad = counter.bad.map(matchesLabels);
  const isTime = counter.times && matchesSeries(counter.times.series);
  for (const sample of samples) {
    const counted = isRequest(sample);
    if (!counted && isTime?.(sample) !== true) continue;
    const proxy = sample.labels[arms.proxyLabel] ?? '';
    const own = counts.get(proxy) ?? new Counts();
    counts.set(proxy, own);
    if (counted)
      own.add(
        sample.value,
        bad.some((matches) => matches(sample)),
      );
    else own.addTime(counter.times, sample);
  }
  // Of servers only those are shown that have series: who serves an arm isn't known otherwise.
  const proxies = counter.side === 'client' ? running : running.filter((proxy) => counts.has(proxy));
  return proxies.map((proxy) => {
    const about = { arm: counter.arm, instance: arms.names[proxy] ?? proxy, ...sideOf(counter.side) };
    const line = (counts.get(proxy) ?? new Counts()).line(counter);
    return isUnreadable(line) ? failedLine(t, line, about) : { t, ...about, ...line };
  });
}

function sideOf(side: Side): Pick<Scrape, 'side'> {
  return side === 'server' ? { side } : {};
}

/** The counts of one proxy for one arm. */
class Counts {
  #requests = 0;
  #errors = 0;
  #unusable: string | undefined;
  readonly #slower = { count: 0 };
  /** Cumulative counts by upper bound. */
  readonly #buckets = new Map<number, number>();

  add(value: number, isBad: boolean): void {
    this.#check(value);
    this.#requests += value;
    if (isBad) this.#errors += value;
  }

  addTime(times: ArmCounter['times'], { value, labels }: Sample): void {
    this.#check(value);
    if (times?.type === 'slower') this.#slower.count += value;
    else {
      const bound = boundOf(labels['le']);
      if (Number.isNaN(bound))
        this.#unusable = `the bound le=${JSON.stringify(labels['le'] ?? '')} is no number`;
      this.#buckets.set(bound, (this.#buckets.get(bound) ?? 0) + value);
    }
  }

  line({ times }: ArmCounter): Pick<Scrape, 'requests' | 'errors' | 'latency'> | Unreadable {
    const latency = times && this.#latency(times);
    if (this.#unusable !== undefined) return { cause: 'counters', why: this.#unusable };
    return { requests: this.#requests, errors: this.#errors, ...(latency && { latency }) };
  }

  #latency(times: NonNullable<ArmCounter['times']>): Scrape['latency'] {
    if (times.type === 'slower') {
      // Both counters are read one after the other while requests go on.
      const slow = Math.min(this.#slower.count, this.#requests);
      return { bounds: [times.max], counts: [this.#requests - slow, slow] };
    }
    const sorted = [...this.#buckets].sort(([one], [other]) => one - other);
    const last = sorted.at(-1);
    if (last === undefined) return undefined;
    if (last[0] !== Infinity) this.#unusable = 'a histogram has no bucket le="+Inf"';
    const counts = sorted.map(([, count], i) => count - (sorted[i - 1]?.[1] ?? 0));
    if (counts.some((count) => count < 0)) this.#unusable = 'a histogram has buckets that sink';
    return { bounds: sorted.slice(0, -1).map(([bound]) => bound), counts };
  }

  #check(value: number): void {
    if (Number.isFinite(value) && value >= 0) return;
    this.#unusable = `a counter has the value ${String(value)}`;
  }
}

function boundOf(le: string | undefined): number {
  if (le === '+Inf') return Infinity;
  return le === undefined || le.trim() === '' ? NaN : Number(le);
}
