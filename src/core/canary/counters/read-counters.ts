import type { ArmCounter, Arms, Side } from '../../evidence/arms.ts';
import type { FailedScrape, Scrape } from '../../evidence/stream-line.ts';
import { failedLine, isUnreadable } from '../../evidence/unreadable.ts';
import { matchesLabels, matchesSeries } from './matches.ts';
import { ProxyCounts } from './proxy-counts.ts';
import { proxyOf } from './proxy-of.ts';
import type { Sample } from './sample.ts';

/** The series that were read at one moment. */
export interface Reading {
  readonly samples: readonly Sample[];
  /** For each side, the number of `alive` series by the values of the proxy labels. */
  readonly alive: Readonly<Partial<Record<Side, ReadonlyMap<string, number>>>>;
}

/**
 * Returns the lines of evidence of one reading, `t` seconds after the attempt began: one line for each proxy, side and
 * arm. A caller's running proxy without series for an arm gets a line with zeros. Untrustworthy series (not finite,
 * negative, doubled) give failed lines instead of numbers.
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
      // A missing server is no failure: its counts only say who is to blame.
      if (side === 'client') lines.push(failedLine(t, { cause: 'empty', why }));
      continue;
    }
    const doubled = [...running].find(([, count]) => count !== 1);
    if (doubled !== undefined) {
      lines.push(failedLine(t, { cause: 'series', why: doubledWords(arms, side, doubled) }, sideOf(side)));
      continue;
    }
    for (const arm of ['baseline', 'candidate'] as const)
      lines.push(
        ...linesOf(
          arms,
          counters.filter((counter) => counter.arm === arm),
          samples,
          [...running.keys()].sort(),
        ).map(({ instance, line }) => {
          const about = { arm, instance, ...sideOf(side) };
          return isUnreadable(line) ? failedLine(t, line, about) : { t, ...about, ...line };
        }),
      );
  }
  return lines;
}

function doubledWords(arms: Arms, side: Side, [proxy, count]: readonly [string, number]): string {
  return `${String(count)} series ${arms.alive[side]?.metric ?? ''} of ${arms.proxyLabels.join('/')}=${JSON.stringify(proxy)}, where one is expected: two servers or jobs read the same proxies, and each request would count more than once`;
}

/** Returns the counts of each proxy by the counters of one arm and side. */
function linesOf(
  arms: Arms,
  counters: readonly ArmCounter[],
  samples: readonly Sample[],
  running: readonly string[],
): readonly { readonly instance: string; readonly line: ReturnType<ProxyCounts['line']> }[] {
  const counts = new Map<string, ProxyCounts>();
  const countsOf = (sample: Sample): ProxyCounts => {
    const proxy = proxyOf(arms, sample);
    const own = counts.get(proxy) ?? new ProxyCounts();
    counts.set(proxy, own);
    return own;
  };
  for (const { requests, bad: classes, times } of counters) {
    const isRequest = matchesSeries(requests);
    const bad = classes.map(matchesLabels);
    const isTime = times && matchesSeries(times.series);
    for (const sample of samples) {
      if (isRequest(sample)) {
        const isBad = bad.some((matches) => matches(sample));
        countsOf(sample).add(sample.value, isBad);
      } else if (times && isTime?.(sample) === true) countsOf(sample).addTime(times, sample);
    }
  }
  const [{ side, times } = { side: 'client', times: undefined }] = counters;
  // Only its series tell which arm a server serves, so servers without series get no line.
  const proxies = side === 'client' ? running : running.filter((proxy) => counts.has(proxy));
  return proxies.map((proxy) => ({
    instance: arms.names[proxy] ?? proxy,
    line: (counts.get(proxy) ?? new ProxyCounts()).line(times),
  }));
}

function sideOf(side: Side): Pick<Scrape, 'side'> {
  return side === 'server' ? { side } : {};
}
