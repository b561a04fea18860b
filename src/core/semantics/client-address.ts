import type { Listener } from '../ir/gateway.ts';
import { parseAddress } from '../lib/ip-range.ts';
import { withoutBlanks } from '../lib/without-blanks.ts';
import { forwardedProtocol } from './forwarded-protocol.ts';
import type { Request } from './request.ts';

/**
 * Returns the address of a listener's client; undefined if the list is too short or the entry isn't a plain address.
 */
export function clientAddress({ clientAddress: place }: Listener, request: Request): string | undefined {
  if (place?.type !== 'forwarded') return plain(request.address);
  const entries = request.headers
    .filter(({ name }) => name === 'x-forwarded-for')
    .flatMap(({ value }) => value.split(','));
  return plain(withoutBlanks(entries.at(-place.hops) ?? ''));
}

/** Returns true if a trusted proxy in front of the listener says that the client came by https. */
export function cameByHttps({ clientAddress: place }: Listener, request: Pick<Request, 'headers'>): boolean {
  return place?.type === 'forwarded' && forwardedProtocol(request)?.toLowerCase() === 'https';
}

/** Returns a request with the `x-forwarded-proto` that its listener believes: only that of a trusted proxy in front. */
export function withTrustedProtocol({ clientAddress: place }: Listener, request: Request): Request {
  if (place?.type === 'forwarded') return request;
  return { ...request, headers: request.headers.filter(({ name }) => name !== 'x-forwarded-proto') };
}

function plain(text: string | undefined): string | undefined {
  return text === undefined || parseAddress(text) === undefined ? undefined : text;
}
