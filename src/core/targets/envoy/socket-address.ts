import type { Address } from '../../ir/service.ts';
import type { Json } from '../artifact.ts';

/** Returns an address in the form that Envoy uses. */
export function socketAddress({ host, port }: Address): Json {
  return { socket_address: { address: host, port_value: port } };
}
