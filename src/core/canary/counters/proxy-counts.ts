import type { Times } from '../../evidence/arms.ts';
import type { Scrape } from '../../evidence/stream-line.ts';
import type { Unreadable } from '../../evidence/unreadable.ts';
import type { Sample } from './sample.ts';

/** The counts of one proxy for one arm, summed over the proxy's series. */
export class ProxyCounts {
  #requests = 0;
  #errors = 0;
  #unusable: string | undefined;
  readonly #slower = { count: 0 };
  /** Cumulative counts by upper bound. */
  readonly #buckets = new Map<number, number>();

  /** Adds the value of a counter of requests. */
  add(value: number, isBad: boolean): void {
    this.#check(value);
    this.#requests += value;
    if (isBad) this.#errors += value;
  }

  /** Adds the value of a counter of slow requests, or of a bucket. */
  addTime(times: Times, { value, labels }: Sample): void {
    this.#check(value);
    if (times.type === 'slower') this.#slower.count += value;
    else {
      const bound = boundOf(labels['le']) * times.milliseconds;
      if (Number.isNaN(bound))
        this.#unusable = `the bound le=${JSON.stringify(labels['le'] ?? '')} is no number`;
      this.#buckets.set(bound, (this.#buckets.get(bound) ?? 0) + value);
    }
  }

  /** Returns the numbers of a line of evidence, or the reason why the counters can't be trusted. */
  line(times: Times | undefined): Pick<Scrape, 'requests' | 'errors' | 'latency'> | Unreadable {
    const latency = times && this.#latency(times);
    if (this.#unusable !== undefined) return { cause: 'counters', why: this.#unusable };
    return { requests: this.#requests, errors: this.#errors, ...(latency && { latency }) };
  }

  #latency(times: Times): Scrape['latency'] {
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
