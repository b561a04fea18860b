import type { Listener } from '../ir/gateway.ts';
import { parseAddress } from '../lib/ip-range.ts';
import type { Request } from './request.ts';

/** Returns the address of a listener's client; undefined if the list is too short or the entry is no plain address. */
export function clientAddress({ clientAddress: place }: Listener, request: Request): string | undefined {
  if (place?.type !== 'forwarded') return plain(request.address);
  const entries = request.headers
    .filter(({ name }) => name === 'x-forwarded-for')
    .flatMap(({ value }) => value.split(','));
  return plain(entries.at(-place.hops)?.trim());
}

/** Returns true if the trusted proxy in front says that the client used https. */
export function cameByHttps(
  { clientAddress: place }: Listener,
  { headers }: Pick<Request, 'headers'>,
): boolean {
  if (place?.type !== 'forwarded') return false;
  const said = headers.filter(({ name }) => name === 'x-forwarded-proto');
  return said.length === 1 && said[0]?.value.toLowerCase() === 'https';
}

function plain(text: string | undefined): string | undefined {
  return text === undefined || parseAddress(text) === undefined ? undefined : text;
}
