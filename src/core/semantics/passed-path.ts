import { forwardedProtocol } from './forwarded-protocol.ts';
import { endsWithDot } from './host-name.ts';
import { normalisePath } from './normalise-path.ts';
import type { Request } from './request.ts';

/**
 * Returns the normalised path of a request whose final dot is dropped; undefined if path, query or host are unsafe to pass
 * on, or the protocol that the client came by is empty.
 */
export function passedPath(request: Request): string | undefined {
  const { path, query, host = '' } = request;
  if (endsWithDot(host) || forwardedProtocol(request) === '') return undefined;
  return normalisePath(path, query);
}
