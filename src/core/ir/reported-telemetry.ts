import type { Ir } from './ir.ts';
import type { Service } from './service.ts';
import type { Telemetry } from './telemetry.ts';

/** Returns what the proxies of a service report: what the service is set to, else what the mesh says of all proxies. */
export function reportedTelemetry(ir: Ir, { telemetry }: Pick<Service, 'telemetry'>): Telemetry {
  if (telemetry === undefined) return ir.telemetry;
  const { metricLabels } = ir.telemetry;
  const { accessLog, tracing } = telemetry;
  return { metricLabels, ...(accessLog && { accessLog }), ...(tracing && { tracing }) };
}
