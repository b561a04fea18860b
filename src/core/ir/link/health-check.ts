import { defineMessages, finding } from '../../diagnostics/message.ts';
import { parseDuration } from '../../spec/duration.ts';
import type { HealthCheck as Written } from '../../spec/types.gen.ts';
import type { HealthCheck } from '../service.ts';
import type { ServiceId } from '../service-id.ts';
import type { Linking } from './linking.ts';
import { type DeclaredPort, reportUnknownPort, titleOf } from './ports.ts';
import { locationOf, originOfWritten } from './spec-place.ts';

export const messages = defineMessages({
  MESH2358: {
    severity: 'error',
    text: '`{field}` asks by {asked}, and the port {port} speaks {protocol}',
    explanation:
      'A path is asked for on http, http2 and grpc ports, the gRPC health service on grpc and http2 ports. Name another `port`, or leave out `path` and `grpc`: then the check opens a connection.',
  },
  MESH2359: {
    severity: 'error',
    text: '{owner} has several ports, or none, so its health check needs a `port`',
    explanation:
      'Without `port` the only port is asked, or the one called `http` (with `grpc: true` the one called `grpc`). Name the port that knows the health of the instance.',
  },
  MESH2362: {
    severity: 'error',
    text: 'a health check asks for a `path` or by `grpc`, not both',
    explanation:
      'One question decides whether an instance is well. Take one of the two out: `grpc: true` asks the gRPC health service, `path` asks with GET.',
  },
});

/** Returns the health check of a service; undefined if no port of the service can be checked. */
export function healthCheckOf(
  linking: Linking,
  id: ServiceId,
  written: Written,
  ports: readonly DeclaredPort[],
): HealthCheck | undefined {
  if (written.path !== undefined && written.grpc === true)
    linking.report(finding(messages, 'MESH2362', locationOf({ container: written, key: 'grpc' }), {}));
  const by = askedBy(written);
  const port = portOf(linking, id, written, ports);
  if (port === undefined) return undefined;
  const fits = by.type === 'connection' || (by.type === 'grpc' ? isHttp2(port) : port.http);
  if (!fits) {
    const field = by.type === 'grpc' ? 'grpc' : 'path';
    const asked = by.type === 'grpc' ? 'gRPC' : 'HTTP';
    const values = { field, asked, port: port.name, protocol: port.protocol };
    linking.report(finding(messages, 'MESH2358', locationOf({ container: written, key: field }), values));
    return undefined;
  }
  return {
    origin: originOfWritten({ container: written }),
    port: port.name,
    by,
    interval: parseDuration(written.interval ?? '10s'),
    timeout: parseDuration(written.timeout ?? '2s'),
    unhealthy: written.unhealthy ?? 3,
    healthy: written.healthy ?? 2,
  };
}

function askedBy({ path, grpc }: Written): HealthCheck['by'] {
  if (path !== undefined) return { type: 'path', path };
  return { type: grpc === true ? 'grpc' : 'connection' };
}

function isHttp2({ protocol }: DeclaredPort): boolean {
  return protocol === 'grpc' || protocol === 'http2';
}

function portOf(
  linking: Linking,
  id: ServiceId,
  written: Written,
  ports: readonly DeclaredPort[],
): DeclaredPort | undefined {
  const title = titleOf('Service', id);
  const named = (name: string): DeclaredPort | undefined => ports.find((port) => port.name === name);
  if (written.port !== undefined) {
    const found = named(written.port);
    const at = { container: written, key: 'port' };
    if (found === undefined)
      reportUnknownPort(linking, { title, portNames: ports.map(({ name }) => name) }, written.port, at);
    return found;
  }
  const found = ports.length === 1 ? ports[0] : named(written.grpc === true ? 'grpc' : 'http');
  if (found === undefined)
    linking.report(finding(messages, 'MESH2359', locationOf({ container: written }), { owner: title }));
  return found;
}
