import type { Node } from './node.ts';
import type { ServiceId } from './service-id.ts';

/** A receiver inside the mesh. */
export interface TelemetryService {
  readonly service: ServiceId;
  readonly port: string;
}

/** Expressions are CEL over the attributes of `src/core/analyze/expressions/attributes.ts`. */
export interface AccessLog extends Node {
  readonly format: 'json' | 'text';
  /** Condition on the requests that are logged. */
  readonly when?: string;
  readonly output:
    | { readonly type: 'stdout' }
    | { readonly type: 'file'; readonly path: string }
    | ({ readonly type: 'otlp' } & TelemetryService);
}

/** `sampling` is 0..100 percent. */
export interface Tracing extends Node {
  readonly sampling: number;
  readonly otlp: TelemetryService;
  /** Tag → CEL expression, sorted by tag. */
  readonly tags: readonly { readonly name: string; readonly expression: string }[];
}

export interface Telemetry {
  /** Label → CEL expression, sorted by label. */
  readonly metricLabels: readonly (Node & { readonly name: string; readonly expression: string })[];
  readonly accessLog?: AccessLog;
  readonly tracing?: Tracing;
}

/** The telemetry of one service's proxies, which replaces the mesh's; absent logs or traces are off. */
export interface ServiceTelemetry extends Node {
  readonly accessLog?: AccessLog;
  readonly tracing?: Tracing;
}

/** The service that counts limits of scope `service`. */
export interface RateLimiter extends Node, TelemetryService {}
