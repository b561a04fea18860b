import type { Ir } from '../../../ir/ir.ts';
import type { Tracing } from '../../../ir/telemetry.ts';
import { type Provider, provider } from '../provider.ts';
import { receiver } from './receiver.ts';

/** Returns the receiver of spans. */
export function tracingProvider(ir: Ir, { otlp }: Tracing): Provider {
  return provider('traces', { opentelemetry: receiver(ir, otlp) });
}
