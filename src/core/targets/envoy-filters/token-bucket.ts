import type { RateLimit } from '../../ir/settings.ts';
import type { Json } from '../artifact.ts';

/** The most tokens that a bucket of Envoy holds (32 bits), more than anybody can send in 50 ms. */
const mostTokens = 4_294_967_295;

/**
 * Returns the bucket of a limit as Envoy's TokenBucket. Envoy fills a bucket at most every 50 ms: several shorter
 * intervals become one fill.
 */
export function tokenBucket({ requests, per, burst }: Pick<RateLimit, 'requests' | 'per' | 'burst'>): Json {
  const times = Math.ceil(50 / per);
  return {
    max_tokens: Math.min(requests * times + burst, mostTokens),
    tokens_per_fill: Math.min(requests * times, mostTokens),
    fill_interval: `${String((per * times) / 1000)}s`,
  };
}
