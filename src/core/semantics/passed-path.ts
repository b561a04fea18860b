import { endsWithDot } from './host-name.ts';
import { normalisePath } from './normalise-path.ts';
import type { Request } from './request.ts';

/**
 * Returns the normalised path of a request after the final dot of its host was dropped; undefined if path, query or
 * host are unsafe to pass on.
 */
export function passedPath({ path, query, host = '' }: Request): string | undefined {
  return endsWithDot(host) ? undefined : normalisePath(path, query);
}
