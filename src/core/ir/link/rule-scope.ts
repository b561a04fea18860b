import type { SpecObject } from '../../spec/spec.ts';
import type { RouteDocument } from '../../spec/types.gen.ts';
import type { Protocol } from '../service.ts';
import type { ServiceId } from '../service-id.ts';
import type { Destination } from './destinations.ts';
import type { Linking } from './linking.ts';
import type { DeclaredPort, PortOwner } from './ports.ts';

/** The layer that a match can examine: requests (http), a server name (tls), or nothing (tcp). */
export type Layer = 'http' | 'tls' | 'tcp';

/** The port of a service, or the listener of a gateway, that a Route's rules are linked for. */
export interface RuleScope {
  readonly linking: Linking;
  readonly route: SpecObject<RouteDocument>;
  readonly destinations: ReadonlyMap<ServiceId, Destination>;
  /** The Route's own service. */
  readonly own: Destination | undefined;
  readonly layer: Layer;
  /** The port at which requests come in. */
  readonly entry: { readonly name: string; readonly number: number };
  /** The ports that `match.port` may name in this Route. */
  readonly entries: PortOwner;
  /** True if requests arrive as gRPC; absent at gateways, where the first backend decides. */
  readonly grpc?: boolean;
  /** Returns the port of a backend that names none. */
  readonly defaultPort: (destination: Destination) => DeclaredPort | undefined;
}

/** Returns the layer of calls to a port. */
export function layerOf(protocol: Protocol): Layer {
  if (protocol === 'http' || protocol === 'http2' || protocol === 'grpc') return 'http';
  return protocol === 'tls' ? 'tls' : 'tcp';
}
