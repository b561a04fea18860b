import { defineMessages, finding } from '../../../diagnostics/message.ts';
import type { Location } from '../../../location.ts';
import { parseDuration } from '../../../spec/duration.ts';
import { parsePercentage } from '../../../spec/percentage.ts';
import type { SpecObject } from '../../../spec/spec.ts';
import type { CustomMetric, Judge, RolloutDocument } from '../../../spec/types.gen.ts';
import type { RolloutJudge, RolloutMetric } from '../../rollout.ts';
import type { Linking } from '../linking.ts';
import { itemsOf, keyLocationOf, locationOf, originOfWritten } from '../spec-place.ts';

export const messages = defineMessages({
  MESH2383: {
    severity: 'error',
    text: '`{field}` of {value}% allows no verdict: it has to be {range}',
    explanation:
      'A verdict needs a goal that can be reached and missed, and accepted chances of a wrong verdict: no amount of evidence is enough for a chance of 0%. Usual values: an slo of 99%, a wrong rollback in 1% and a wrong promotion in 5% of rollouts.',
  },
  MESH2384: {
    severity: 'error',
    text: 'the interval {interval} is longer than a minute',
    explanation:
      'The judge counts errors by minute, so it needs a reading in each. Write at most 60s; proxies usually have new counters every 5s to 15s.',
  },
  MESH2385: {
    severity: 'warning',
    text: '{what} needs a Prometheus, and the Mesh names none',
    explanation:
      'Without it the rollout can only be replayed, neither planned nor run. Name the server in `metrics.prometheus.url` of the Mesh, or read the counters of the proxies themselves with `source: scrape`.',
  },
  MESH2386: {
    severity: 'error',
    text: 'the query of {name} has no {placeholder}, so it gives both versions the same number',
    explanation:
      'The query is asked for `from` and for `to`, with the version put in for {{version}}. Without it the two can never differ.',
  },
  MESH2387: {
    severity: 'error',
    text: 'two metrics of this Rollout are called {name}',
    explanation: 'A verdict names the metric that decided. Give each a name of its own.',
  },
});

/** Returns the measurement of a Rollout, with the defaults of the language. */
export function judgeOf(
  linking: Linking,
  { value: { spec }, location }: SpecObject<RolloutDocument>,
): RolloutJudge {
  const judge: Judge = spec.judge ?? {};
  const { source = 'prometheus', latency } = judge;
  reportSource(linking, judge, location);
  const interval = parseDuration(judge.interval ?? '5s');
  if (interval > 60_000)
    linking.report(
      finding(messages, 'MESH2384', locationOf({ container: judge, key: 'interval' }), {
        interval: judge.interval ?? '',
      }),
    );
  return {
    source,
    interval,
    slo: share(linking, judge.success ?? {}, 'slo', '99%', 'above 0% and below 100%', 100),
    bad: [...new Set((judge.success?.bad ?? ['5xx', 'grpc', 'reset', 'timeout']).map(String))],
    ...(latency && {
      latency: {
        quantile: Number(latency.quantile.slice(1)) / 100,
        max: parseDuration(latency.max),
      },
    }),
    custom: customOf(linking, judge.custom),
    wrongRollback: share(linking, judge, 'wrongRollback', '1%', 'above 0% and below 50%', 50),
    wrongPromotion: share(linking, judge, 'wrongPromotion', '5%', 'above 0% and below 50%', 50),
    atLeast: judge.atLeast ?? 3,
  };
}

/** Reports a measurement that needs the Prometheus of a mesh without one. */
function reportSource(linking: Linking, judge: Judge, location: Location): void {
  if (linking.mesh.metrics?.prometheus !== undefined) return;
  const { source = 'prometheus' } = judge;
  if (source !== 'scrape') {
    const at = judge.source === undefined ? location : locationOf({ container: judge, key: 'source' });
    linking.report(finding(messages, 'MESH2385', at, { what: `the source ${source}` }));
  } else if (judge.custom !== undefined) {
    const at = keyLocationOf({ container: judge, key: 'custom' });
    linking.report(finding(messages, 'MESH2385', at, { what: 'a custom metric' }));
  }
}

/** Returns a percentage as a share of 1; one that is 0 or not below `end` is reported. */
function share<K extends string>(
  linking: Linking,
  container: { readonly [key in K]?: string | number },
  field: K,
  usual: string,
  range: string,
  end: number,
): number {
  const value = parsePercentage(container[field] ?? usual);
  if (value <= 0 || value >= end)
    linking.report(
      finding(messages, 'MESH2383', locationOf({ container, key: field }), { field, value, range }),
    );
  return value / 100;
}

function customOf(linking: Linking, written: readonly CustomMetric[] | undefined): readonly RolloutMetric[] {
  const names = new Set<string>();
  return itemsOf(written).map(([metric, at]) => {
    const { name, query, direction } = metric;
    const place = (key: string) => locationOf({ container: metric, key });
    if (names.has(name)) linking.report(finding(messages, 'MESH2387', place('name'), { name }));
    names.add(name);
    if (!query.includes('{{version}}'))
      linking.report(finding(messages, 'MESH2386', place('query'), { name, placeholder: '{{version}}' }));
    return { origin: originOfWritten(at), name, query, direction };
  });
}
