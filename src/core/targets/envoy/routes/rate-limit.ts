import { type NamedLimit, ruleLimits } from '../../envoy-filters/rule-limits.ts';
import { type Fields, typed } from '../typed-config.ts';

export const rateLimitFilter = 'envoy.filters.http.local_ratelimit';

/** Returns the buckets of all rules of a virtual host. */
export function virtualHostLimits(limits: readonly NamedLimit[]): Fields {
  return typed('envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit', ruleLimits(limits));
}
