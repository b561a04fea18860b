import type { Ir } from '../../../ir/ir.ts';
import type { Artifact } from '../../artifact.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import { object } from '../object.ts';
import { needsProviders } from '../provider.ts';
import { accessLogProvider } from './access-log-provider.ts';
import { customTags } from './custom-tags.ts';
import { tracingProvider } from './tracing-provider.ts';

/**
 * What proxies report (Telemetry), for the whole mesh. Logs and spans that nobody asked for are turned off, whatever the
 * mesh config has; Istio's own metrics stay.
 */
export function telemetry(ir: Ir, { rootNamespace, minor }: LoweringOptions): readonly Artifact[] {
  const { accessLog, tracing, metricLabels } = ir.telemetry;
  const log = accessLog && accessLogProvider(ir, accessLog);
  const spans = tracing && tracingProvider(ir, tracing);
  return [
    object({
      kind: 'Telemetry',
      namespace: rootNamespace,
      name: 'mesh',
      from: `Mesh/${ir.name}`,
      annotations: needsProviders([log?.provider, spans].filter((one) => one !== undefined)),
      origins: [accessLog, tracing, ...metricLabels].flatMap((part) => part?.origin ?? []).concat(ir.origin),
      spec: {
        accessLogging: [
          log === undefined
            ? { disabled: true }
            : {
                providers: [{ name: log.name }],
                disabled: false,
                ...(accessLog?.when !== undefined && { filter: { expression: accessLog.when } }),
              },
        ],
        tracing: [
          tracing === undefined || spans === undefined
            ? { disableSpanReporting: true }
            : {
                providers: [{ name: spans.name }],
                disableSpanReporting: false,
                randomSamplingPercentage: tracing.sampling,
                ...(tracing.tags.length > 0 && { customTags: customTags(tracing, minor) }),
              },
        ],
        ...(metricLabels.length > 0 && {
          metrics: [
            {
              providers: [{ name: 'prometheus' }],
              overrides: [
                {
                  match: { metric: 'ALL_METRICS', mode: 'CLIENT_AND_SERVER' },
                  tagOverrides: Object.fromEntries(
                    metricLabels.map((label) => [
                      label.name,
                      { operation: 'UPSERT', value: label.expression },
                    ]),
                  ),
                },
              ],
            },
          ],
        }),
      },
    }),
  ];
}
