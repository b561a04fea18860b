import type { Listener as WrittenListener } from '../../spec/types.gen.ts';
import type { ClientAddress } from '../gateway.ts';

/** Returns the place of the client's address at a listener; undefined is the peer of the connection. */
export function clientAddressOf({
  clientAddress = 'connection',
}: WrittenListener): ClientAddress | undefined {
  if (typeof clientAddress !== 'string') return { type: 'forwarded', hops: clientAddress.forwarded };
  return clientAddress === 'proxyProtocol' ? { type: 'proxyProtocol' } : undefined;
}

/**
 * Returns whether two listeners of one port can find addresses so: a header before everything else is of the whole port,
 * and `http` listeners read requests together; only https listeners may count proxies in different ways.
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
