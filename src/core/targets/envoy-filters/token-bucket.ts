import type { RateLimit } from '../../ir/settings.ts';
import type { Json } from '../artifact.ts';

/** Returns the TokenBucket of a limit. Envoy fills a bucket every 50 ms at most: of a shorter interval, several are filled at once. */
export function tokenBucket({ requests, per, burst }: RateLimit): Json {
  const times = Math.ceil(50 / per);
  return {
    max_tokens: requests * times + burst,
    tokens_per_fill: requests * times,
    fill_interval: `${String((per * times) / 1000)}s`,
  };
}
