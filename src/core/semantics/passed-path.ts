import { forwardedProtocol } from './forwarded-protocol.ts';
import { endsWithDot } from './host-name.ts';
import { normalisePath } from './normalise-path.ts';
import type { Request } from './request.ts';

/**
 * Returns the normalised path of a request whose final dot is dropped. Returns undefined if path, query or host are
 * unsafe to pass on, or if the header with the client's protocol is empty.
 */
export function passedPath(request: Request): string | undefined {
  const { path, query, host = '' } = request;
  if (endsWithDot(host) || forwardedProtocol(request) === '') return undefined;
  return normalisePath(path, query);
}
