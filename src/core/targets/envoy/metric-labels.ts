import type { Ir } from '../../ir/ir.ts';
import { extension, type Fields } from './typed-config.ts';

/**
 * Returns loggers for metrics with the spec's labels: a counter `mesh.requests` and a histogram
 * `mesh.request_duration`. They come from Envoy's statistics logger, since its own metrics take no labels from
 * requests. `service` is the service whose proxy counts, `reporter` the place in the proxy.
 */
export function labelledMetrics(ir: Ir, service: string, reporter: string): readonly Fields[] {
  const labels = ir.telemetry.metricLabels;
  if (labels.length === 0) return [];
  const formats = new Map([
    ['code', '%RESPONSE_CODE%'],
    ['reporter', reporter],
    ['service', service],
    ...labels.map(({ name, expression }) => [name, `%CEL(${expression})%`] as const),
  ]);
  const tags = [...formats]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => ({ name, value_format: value }));
  return [
    extension('envoy.access_loggers.stats', 'envoy.extensions.access_loggers.stats.v3.Config', {
      stats_scope: { prefix: 'mesh' },
      counters: [{ stat: { name: 'requests', tags }, value_fixed: 1 }],
      histograms: [
        { stat: { name: 'request_duration', tags }, unit: 'Milliseconds', value_format: '%DURATION%' },
      ],
    }),
  ];
}
