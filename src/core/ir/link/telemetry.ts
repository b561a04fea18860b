import { parsePercentage } from '../../spec/percentage.ts';
import type {
  OtlpReceiver,
  AccessLog as WrittenLog,
  Tracing as WrittenTracing,
} from '../../spec/types.gen.ts';
import type { AccessLog, RateLimiter, Telemetry, TelemetryService, Tracing } from '../telemetry.ts';
import type { Linking } from './linking.ts';
import { servicePort } from './service-port.ts';
import { entriesOf, originOfWritten } from './spec-place.ts';

/** The namespace of names without one in the Mesh, which has no namespace itself. */
const meshNamespace = 'default';

/** Returns the Mesh's metrics, access logs and traces; reports receivers that don't exist. */
export function telemetryOf(linking: Linking): Telemetry {
  const { metrics, accessLog, tracing } = linking.mesh.telemetry ?? {};
  const log = accessLog && accessLogOf(linking, accessLog);
  const traces = tracing && tracingOf(linking, tracing);
  return {
    metricLabels: entriesOf(metrics?.labels).map(([name, expression, at]) => ({
      origin: originOfWritten(at),
      name,
      expression,
    })),
    ...(log && { accessLog: log }),
    ...(traces && { tracing: traces }),
  };
}

/** Returns the service that counts limits of scope `service`. */
export function rateLimiterOf(linking: Linking): RateLimiter | undefined {
  const written = linking.mesh.rateLimiter;
  const asked = written && servicePort(linking, meshNamespace, written, 'grpc');
  return asked && { origin: originOfWritten({ container: linking.mesh, key: 'rateLimiter' }), ...asked };
}

function accessLogOf(linking: Linking, { format, when, output }: WrittenLog): AccessLog | undefined {
  const to = accessLogOutput(linking, meshNamespace, output);
  if (to === undefined) return undefined;
  return {
    origin: originOfWritten({ container: linking.mesh.telemetry ?? {}, key: 'accessLog' }),
    format: format ?? 'json',
    ...(when !== undefined && { when }),
    output: to,
  };
}

/** Returns the receiver of an access log; reports a receiver that doesn't exist and returns undefined. */
export function accessLogOutput(
  linking: Linking,
  namespace: string,
  output: WrittenLog['output'],
): AccessLog['output'] | undefined {
  if (output === undefined || typeof output === 'string') return { type: 'stdout' };
  if (output.file !== undefined) return { type: 'file', path: output.file };
  const receiver = output.otlp && telemetryReceiver(linking, namespace, output.otlp);
  return receiver && { type: 'otlp', ...receiver };
}

/** Returns a receiver of logs or spans; reports a receiver that doesn't exist and returns undefined. */
export function telemetryReceiver(
  linking: Linking,
  namespace: string,
  written: OtlpReceiver,
): TelemetryService | undefined {
  return servicePort(linking, namespace, written, 'grpc');
}

function tracingOf(linking: Linking, { sampling, otlp, tags }: WrittenTracing): Tracing | undefined {
  const receiver = telemetryReceiver(linking, meshNamespace, otlp);
  if (receiver === undefined) return undefined;
  return {
    origin: originOfWritten({ container: linking.mesh.telemetry ?? {}, key: 'tracing' }),
    sampling: parsePercentage(sampling ?? '1%'),
    otlp: receiver,
    tags: entriesOf(tags).map(([name, expression]) => ({ name, expression })),
  };
}
