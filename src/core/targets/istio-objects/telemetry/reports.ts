import type { Ir } from '../../../ir/ir.ts';
import type { Telemetry } from '../../../ir/telemetry.ts';
import type { TelemetrySpec } from '../crds/istio.gen.ts';
import type { LoweringOptions } from '../lowering-options.ts';
import type { Provider } from '../provider.ts';
import { accessLogProvider } from './access-log-provider.ts';
import { customTags } from './custom-tags.ts';
import { tracingProvider } from './tracing-provider.ts';

/** Logs and spans of a Telemetry, and the providers that they need. */
export interface Reports {
  readonly logging: Pick<TelemetrySpec, 'accessLogging' | 'tracing'>;
  readonly providers: readonly Provider[];
}

/**
 * Returns logs and spans. Unwanted ones are turned off explicitly, whatever the mesh config has. An object that
 * overrides another inherits fields that it leaves out, so a filter of logs is written if the other object has one.
 */
export function reports(
  ir: Ir,
  { accessLog, tracing }: Pick<Telemetry, 'accessLog' | 'tracing'>,
  { minor }: LoweringOptions,
): Reports {
  const log = accessLog && accessLogProvider(ir, accessLog);
  const spans = tracing && tracingProvider(ir, tracing);
  const when = accessLog?.when ?? (ir.telemetry.accessLog?.when === undefined ? undefined : 'true');
  return {
    providers: [log?.provider, spans].filter((one) => one !== undefined),
    logging: {
      accessLogging: [
        log === undefined
          ? { disabled: true }
          : {
              providers: [{ name: log.name }],
              disabled: false,
              ...(when !== undefined && { filter: { expression: when } }),
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
    },
  };
}
