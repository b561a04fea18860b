import type { Json } from '../../artifact.ts';

/** Name of Envoy's filter that counts requests. */
export const rateLimitFilter = 'envoy.filters.http.local_ratelimit';

/** The message of the filter's configuration. */
export const localRateLimit = 'envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit';

/** A fraction that means all requests. */
export const always: Json = { default_value: { numerator: 100, denominator: 'HUNDRED' } };
