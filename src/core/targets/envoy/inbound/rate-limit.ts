import type { Service } from '../../../ir/service.ts';
import type { ServiceRateLimit } from '../../../ir/settings.ts';
import type { Json } from '../../artifact.ts';
import { tokenBucket } from '../../envoy-filters/token-bucket.ts';
import { extension, type Fields, typed } from '../typed-config.ts';

/**
 * Returns the filter that counts requests (429), if the service has a limit: each instance has one bucket for each
 * port.
 */
export function rateLimitFilter(service: Service): readonly Json[] {
  if (limitOf(service) === undefined) return [];
  return [extension(name, message, { stat_prefix: 'service' })];
}

/** Returns the bucket as `typed_per_filter_config` of a RouteConfiguration. */
export function rateLimitOfRoutes(service: Service): Fields {
  const limit = limitOf(service);
  if (limit === undefined) return {};
  const all = { default_value: { numerator: 100, denominator: 'HUNDRED' } };
  return {
    [name]: typed(message, {
      stat_prefix: 'service',
      token_bucket: tokenBucket(limit),
      filter_enabled: all,
      filter_enforced: all,
    }),
  };
}

/** Returns the `typed_per_filter_config` of requests that aren't counted. */
export function withoutRateLimit(service: Service): Fields {
  if (limitOf(service) === undefined) return {};
  return { [name]: typed('envoy.config.route.v3.FilterConfig', { disabled: true }) };
}

const name = 'envoy.filters.http.local_ratelimit';
const message = 'envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit';

function limitOf({ settings }: Service): ServiceRateLimit | undefined {
  return settings.rateLimit?.scope === 'instance' ? settings.rateLimit : undefined;
}
