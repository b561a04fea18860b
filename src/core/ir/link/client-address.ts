import type { Listener as WrittenListener } from '../../spec/types.gen.ts';
import type { ClientAddress } from '../gateway.ts';

/** Returns the source of the client's address at a listener; undefined if it is the peer of the connection. */
export function clientAddressOf({
  clientAddress = 'connection',
}: WrittenListener): ClientAddress | undefined {
  if (typeof clientAddress !== 'string') return { type: 'forwarded', hops: clientAddress.forwarded };
  return clientAddress === 'proxyProtocol' ? { type: 'proxyProtocol' } : undefined;
}

/**
 * Returns true if two listeners of one port can find client addresses as written. The PROXY protocol applies to the
 * whole port, and requests to `http` listeners are read together; only https listeners may have different numbers of
 * hops.
 */
export function canShareAddress(one: WrittenListener, other: WrittenListener): boolean {
  const [first, second] = [clientAddressOf(one), clientAddressOf(other)];
  if (first?.type === second?.type && hopsOf(first) === hopsOf(second)) return true;
  if ([first, second].some((place) => place?.type === 'proxyProtocol')) return false;
  return one.protocol !== 'http' && other.protocol !== 'http';
}

function hopsOf(place: ClientAddress | undefined): number {
  return place?.type === 'forwarded' ? place.hops : 0;
}
