import type { Json } from '../artifact.ts';
import { isUnsafeRequest, unsafePaths, unsafeRequestRules } from '../envoy-filters/unsafe-requests.ts';
import { localReply } from './local-reply.ts';
import { extension, type Fields, typed } from './typed-config.ts';

/** The filter that refuses unsafe paths; it comes before all others. */
export const refusedRequests: Json = extension(
  unsafePaths,
  'envoy.extensions.filters.http.rbac.v3.RBAC',
  unsafeRequestRules(),
);

/** The reply of the filter: 400. */
export const refusedRequestReply: Json = localReply(isUnsafeRequest, 400, { body: { inline_string: '' } });

/**
 * Returns the `typed_per_filter_config` of a RouteConfiguration that reads these headers, which also refuses values
 * with blanks around them. It is part of the routes (RDS), so that a new match drains no listener.
 */
export function refusedHeaders(read: readonly string[]): Fields {
  if (read.length === 0) return {};
  return {
    [unsafePaths]: typed('envoy.extensions.filters.http.rbac.v3.RBACPerRoute', {
      rbac: unsafeRequestRules([...new Set(read)].sort()),
    }),
  };
}
