import type { External } from '../ir/external.ts';
import type { Forward } from '../ir/route.ts';
import type { Service } from '../ir/service.ts';
import { type Arrival, headerValues } from './arrival.ts';
import type { Forwarded } from './outcome.ts';

type Limits = Forwarded['rateLimited'];

/** Returns the limit of a rule, counted at the proxy that routes. A request without the `key` header isn't counted. */
export function ruleLimits({ rateLimit }: Forward, arrival: Arrival): Limits {
  if (rateLimit === undefined) return [];
  const { keyHeader, requests, per, burst } = rateLimit;
  const counted = keyHeader === undefined || headerValues(arrival, keyHeader).length > 0;
  return counted ? [{ at: 'rule', requests, per, burst }] : [];
}

/** Returns the limit of a service, counted at the server, or of an External, counted at each calling proxy. */
export function serviceLimits({ settings }: Service | External): Limits {
  const limit = settings.rateLimit;
  if (limit === undefined) return [];
  return [{ at: 'service', requests: limit.requests, per: limit.per, burst: limit.burst }];
}
