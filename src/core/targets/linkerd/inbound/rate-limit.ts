import type { RateLimit } from '../../../ir/settings.ts';
import type { ObjectArtifact } from '../../artifact.ts';
import { object, policyGroup } from '../object.ts';
import type { GuardedPort } from './guarded-ports.ts';

/** Returns the rate limit of a port's Server, if each instance counts the limit by itself. */
export function rateLimitPolicy({ service, port }: GuardedPort, server: string): readonly ObjectArtifact[] {
  const { rateLimit } = service.settings;
  if (rateLimit?.scope !== 'instance' || !port.http) return [];
  return [
    object({
      kind: 'HTTPLocalRateLimitPolicy',
      namespace: service.namespace,
      name: server,
      from: `Service/${service.id}`,
      origins: [rateLimit.origin],
      spec: {
        targetRef: { group: policyGroup, kind: 'Server', name: server },
        total: { requestsPerSecond: requestsPerSecond(rateLimit) },
      },
    }),
  ];
}

/** Returns whole requests a second, rounded down; a bucket of Linkerd holds the requests of one second. */
function requestsPerSecond({ requests, per }: RateLimit): number {
  return Math.max(1, Math.floor((requests * 1000) / per));
}

/** Returns true if the limit is the same bucket, filled at the same rate. */
export function isSameRate({ requests, per, burst }: RateLimit): boolean {
  return per === 1000 && burst === 0 && requests >= 1;
}
