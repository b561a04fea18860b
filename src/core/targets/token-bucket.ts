import type { RateLimit } from '../ir/settings.ts';
import type { Json } from './artifact.ts';

/** The bucket of a limit as Envoy spells it (TokenBucket). It fills one every 50 ms at most: a shorter interval becomes several of it at once. */
export function tokenBucket({ requests, per, burst }: RateLimit): Json {
  const times = Math.ceil(50 / per);
  return {
    max_tokens: requests * times + burst,
    tokens_per_fill: requests * times,
    fill_interval: `${String((per * times) / 1000)}s`,
  };
}
