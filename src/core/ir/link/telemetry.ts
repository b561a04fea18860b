import { parsePercentage } from '../../spec/percentage.ts';
import type { AccessLog as WrittenLog, Tracing as WrittenTracing } from '../../spec/types.gen.ts';
import type { AccessLog, RateLimiter, Telemetry, Tracing } from '../telemetry.ts';
import type { Linking } from './linking.ts';
import { servicePort } from './service-port.ts';
import { entriesOf, originOfWritten } from './written.ts';

/** A bare name in the Mesh, which has no namespace, is one of `default`. */
const meshNamespace = 'default';

/** What the Mesh says about metrics, access logs and traces; receivers that do not exist are reported. */
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

/** What limits of scope `service` count with. */
export function rateLimiterOf(linking: Linking): RateLimiter | undefined {
  const written = linking.mesh.rateLimiter;
  const asked = written && servicePort(linking, meshNamespace, written, 'grpc');
  return asked && { origin: originOfWritten({ container: linking.mesh, key: 'rateLimiter' }), ...asked };
}

function accessLogOf(linking: Linking, { format, when, output }: WrittenLog): AccessLog | undefined {
  const to = outputOf(linking, output);
  if (to === undefined) return undefined;
  return {
    origin: originOfWritten({ container: linking.mesh.telemetry ?? {}, key: 'accessLog' }),
    format: format ?? 'json',
    ...(when !== undefined && { when }),
    output: to,
  };
}

function outputOf(linking: Linking, output: WrittenLog['output']): AccessLog['output'] | undefined {
  if (output === undefined || typeof output === 'string') return { type: 'stdout' };
  if (output.file !== undefined) return { type: 'file', path: output.file };
  const receiver = output.otlp && servicePort(linking, meshNamespace, output.otlp, 'grpc');
  return receiver && { type: 'otlp', ...receiver };
}

function tracingOf(linking: Linking, { sampling, otlp, tags }: WrittenTracing): Tracing | undefined {
  const receiver = servicePort(linking, meshNamespace, otlp, 'grpc');
  if (receiver === undefined) return undefined;
  return {
    origin: originOfWritten({ container: linking.mesh.telemetry ?? {}, key: 'tracing' }),
    sampling: parsePercentage(sampling ?? '1%'),
    otlp: receiver,
    tags: entriesOf(tags).map(([name, expression]) => ({ name, expression })),
  };
}
