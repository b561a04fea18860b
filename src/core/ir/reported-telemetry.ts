import type { Ir } from './ir.ts';
import type { Service } from './service.ts';
import type { Telemetry } from './telemetry.ts';

/** Returns the telemetry of a service's proxies: the service's own, or else the mesh's. */
export function reportedTelemetry(ir: Ir, { telemetry }: Pick<Service, 'telemetry'>): Telemetry {
  if (telemetry === undefined) return ir.telemetry;
  const { metricLabels } = ir.telemetry;
  const { accessLog, tracing } = telemetry;
  return { metricLabels, ...(accessLog && { accessLog }), ...(tracing && { tracing }) };
}
