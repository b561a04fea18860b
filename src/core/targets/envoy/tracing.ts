import type { Ir } from '../../ir/ir.ts';
import { grpcService } from './grpc-service.ts';
import { extension, type Fields } from './typed-config.ts';

/**
 * Fields of a connection manager that make spans (OpenTelemetry) for the service `name`.
 * Envoy decides on sampling by the request id, which is made only where traces are asked for.
 */
export function tracing(ir: Ir, name: string): Fields {
  const config = ir.telemetry.tracing;
  const requestId = { generate_request_id: config !== undefined, preserve_external_request_id: true };
  if (config === undefined) return requestId;
  return {
    ...requestId,
    tracing: {
      client_sampling: { value: 100 },
      random_sampling: { value: config.sampling },
      overall_sampling: { value: 100 },
      spawn_upstream_span: true,
      custom_tags: config.tags.map((tag) => ({ tag: tag.name, value: `%CEL(${tag.expression})%` })),
      provider: extension('envoy.tracers.opentelemetry', 'envoy.config.trace.v3.OpenTelemetryConfig', {
        grpc_service: grpcService(ir, config.otlp, 10_000),
        service_name: name,
      }),
    },
  };
}
