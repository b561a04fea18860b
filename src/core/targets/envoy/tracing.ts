import type { Ir } from '../../ir/ir.ts';
import type { Json } from '../artifact.ts';
import { grpcService } from './grpc-service.ts';
import { fractionalPercent } from './routes/percentage.ts';
import { extension, type Fields } from './typed-config.ts';

/**
 * Returns the fields of a connection manager that make spans (OpenTelemetry) for the service `name`. Sampling is
 * decided where a trace begins and kept by all later proxies (W3C Trace Context). Envoy makes spans only for requests
 * with an id (`x-request-id`); if traces are wanted, it adds an id to requests without one.
 */
export function tracing(ir: Ir, name: string): Fields {
  const config = ir.telemetry.tracing;
  const requestId = { generate_request_id: config !== undefined, preserve_external_request_id: true };
  if (config === undefined) return requestId;
  return {
    ...requestId,
    tracing: {
      client_sampling: { value: 100 },
      random_sampling: { value: 100 },
      overall_sampling: { value: 100 },
      spawn_upstream_span: true,
      custom_tags: config.tags.map((tag) => ({ tag: tag.name, value: `%CEL(${tag.expression})%` })),
      provider: extension('envoy.tracers.opentelemetry', 'envoy.config.trace.v3.OpenTelemetryConfig', {
        grpc_service: grpcService(ir, config.otlp, 10_000),
        service_name: name,
        sampler: sampler(config.sampling),
      }),
    },
  };
}

function sampler(percent: number): Json {
  const samplers = 'envoy.extensions.tracers.opentelemetry.samplers.v3';
  return extension(
    'envoy.tracers.opentelemetry.samplers.parent_based',
    `${samplers}.ParentBasedSamplerConfig`,
    {
      wrapped_sampler: extension(
        'envoy.tracers.opentelemetry.samplers.trace_id_ratio_based',
        `${samplers}.TraceIdRatioBasedSamplerConfig`,
        { sampling_percentage: fractionalPercent(percent) },
      ),
    },
  );
}
