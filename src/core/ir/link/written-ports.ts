import type { ServiceId } from '../service-id.ts';
import type { Linking } from './linking.ts';
import { type PortOwner, titleOf } from './ports.ts';

const httpProtocols: readonly string[] = ['http', 'http2', 'grpc'];

/** Returns the written ports of a Service or External, for code that runs before it is linked. */
export function writtenPorts(
  linking: Linking,
  id: ServiceId,
): PortOwner & { readonly speaksHttp: (port: string) => boolean } {
  const service = linking.names.services.get(id);
  const external = linking.names.externals.get(id);
  const ports: Readonly<Record<string, { readonly protocol?: string }>> =
    service?.value.spec.ports ?? external?.value.spec.ports ?? {};
  return {
    title: titleOf(service === undefined ? 'External' : 'Service', id),
    portNames: Object.keys(ports).sort(),
    speaksHttp: (port) => httpProtocols.includes(ports[port]?.protocol ?? port),
  };
}
