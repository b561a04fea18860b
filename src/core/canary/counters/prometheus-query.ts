import type { Arms, LabelMatcher, Series } from '../../evidence/arms.ts';

/**
 * Returns the PromQL queries that read all counters of two arms: for each series the sum by proxy and by the labels
 * that a condition names. Each query returns cumulative counters.
 */
export function counterQueries(arms: Arms): readonly { readonly metric: string; readonly query: string }[] {
  const labels = labelsByMetric(arms);
  const queries = new Map<string, string>();
  for (const series of seriesOf(arms)) {
    const by = [...arms.proxyLabels, ...(labels.get(series.metric) ?? [])];
    queries.set(`sum by (${[...new Set(by)].join(', ')}) (${selector(series)})`, series.metric);
  }
  return [...queries].map(([query, metric]) => ({ metric, query }));
}

/** Returns the query that counts the `alive` series of each running proxy; more than one for a proxy is an error. */
export function aliveQuery({ proxyLabels }: Pick<Arms, 'proxyLabels'>, series: Series): string {
  return `count by (${proxyLabels.join(', ')}) (${selector(series)})`;
}

/** Returns the queries whose sum is the requests a second to all versions, over the last `seconds`. */
export function rateQueries({ all }: Pick<Arms, 'all'>, seconds: number): readonly string[] {
  return all.map((series) => `sum(rate(${selector(series)}[${String(seconds)}s]))`);
}

/** Returns the series of all counters. */
export function seriesOf({ counters }: Pick<Arms, 'counters'>): readonly Series[] {
  return counters.flatMap(({ requests, times }) => [requests, ...(times ? [times.series] : [])]);
}

/** Returns a series in PromQL. */
function selector({ metric, matchers }: Series): string {
  if (matchers.length === 0) return metric;
  return `${metric}{${matchers.map(({ label, op, value }) => `${label}${op}${JSON.stringify(value)}`).join(',')}}`;
}

/** Returns the labels that conditions name, by metric, sorted. */
function labelsByMetric({ counters }: Pick<Arms, 'counters'>): ReadonlyMap<string, readonly string[]> {
  const labels = new Map<string, Set<string>>();
  const note = (metric: string, matchers: readonly LabelMatcher[], ...more: readonly string[]): void => {
    const known = labels.get(metric) ?? new Set();
    for (const label of [...matchers.map((matcher) => matcher.label), ...more]) known.add(label);
    labels.set(metric, known);
  };
  for (const { requests, bad, times } of counters) {
    note(requests.metric, [...requests.matchers, ...bad.flat()]);
    if (times) note(times.series.metric, times.series.matchers, ...(times.type === 'buckets' ? ['le'] : []));
  }
  return new Map([...labels].map(([metric, names]) => [metric, [...names].sort()]));
}
