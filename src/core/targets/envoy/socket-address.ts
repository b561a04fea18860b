import type { Address } from '../../ir/service.ts';
import type { Json } from '../artifact.ts';

/** An address as Envoy writes it. */
export function socketAddress({ host, port }: Address): Json {
  return { socket_address: { address: host, port_value: port } };
}
