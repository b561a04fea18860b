import type { Ir } from '../../../ir/ir.ts';
import type { AccessLog } from '../../../ir/telemetry.ts';
import { accessLogFields, accessLogLine } from '../../envoy-filters/access-log-format.ts';
import { type Provider, provider } from '../provider.ts';
import { receiver } from './receiver.ts';

/** The provider of the access log; `provider` is absent for Istio's built-in one, which every mesh has. */
export interface LogProvider {
  readonly name: string;
  readonly provider?: Provider;
}

/**
 * Returns the provider for an access log. Format and receiver belong in the mesh config; text on standard output is
 * built into Istio.
 */
export function accessLogProvider(ir: Ir, { format, output }: AccessLog): LogProvider {
  if (output.type === 'stdout' && format === 'text') return { name: 'envoy' };
  const logFormat = format === 'json' ? { labels: accessLogFields } : { text: `${accessLogLine}\n` };
  const wanted =
    output.type === 'otlp'
      ? provider('logs', { envoyOtelAls: { ...receiver(ir, output), logName: ir.name, logFormat } })
      : provider('logs', {
          envoyFileAccessLog: { path: output.type === 'file' ? output.path : '/dev/stdout', logFormat },
        });
  return { name: wanted.name, provider: wanted };
}
