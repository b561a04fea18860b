import type { Retries } from '../../../ir/retries.ts';
import type { VirtualRouterSpec } from '../crds/app-mesh.gen.ts';
import { duration } from '../duration.ts';

type Route = NonNullable<VirtualRouterSpec['routes']>[number];
/** The retries of a route. */
export type RetryPolicy = NonNullable<NonNullable<Route['httpRoute']>['retryPolicy']>;

/** A route without a policy is tried three times; a policy has at least one event. */
const none: RetryPolicy = {
  maxRetries: 0,
  perRetryTimeout: duration(0),
  httpRetryEvents: ['stream-error'],
};

/** The events of each condition; conditions without events can't be kept. */
const events = {
  '5xx': 'server-error',
  'gateway-error': 'gateway-error',
  'refused-stream': 'stream-error',
  'connect-failure': 'connection-error',
} as const;

/** Returns the policy of a route; each route has one, since App Mesh has one of its own for those without. */
export function retryPolicyOf(retries: Retries | undefined, timeout: number): RetryPolicy {
  if (retries === undefined) return none;
  const { attempts, perTryTimeout, on } = retries;
  const asked = on.flatMap((condition) => (isEvent(condition) ? [events[condition]] : []));
  const tcp = asked.filter((event) => event === 'connection-error');
  const http = [
    ...new Set([
      ...asked.filter((event) => event !== 'connection-error'),
      ...(on.includes(409) ? (['client-error'] as const) : []),
    ]),
  ].sort();
  if (http.length + tcp.length === 0) return none;
  return {
    maxRetries: attempts,
    perRetryTimeout: duration(perTryTimeout > 0 ? perTryTimeout : timeout),
    ...(http.length > 0 && { httpRetryEvents: http }),
    ...(tcp.length > 0 && { tcpRetryEvents: ['connection-error'] }),
  };
}

function isEvent(condition: Retries['on'][number]): condition is keyof typeof events {
  return condition in events;
}

/** The wait of Envoy before the second try, in milliseconds. */
const usualBackoff = 25;

/** Returns the reason why retries differ from those of the spec; undefined if they don't. */
export function retryDifference({ on, backoff }: Retries): string | undefined {
  const unsaid = on.filter(
    (condition) => !isEvent(condition) && condition !== 409 && !isContained(condition, on),
  );
  if (unsaid.length > 0) return `App Mesh has no event for the condition ${String(unsaid[0])}`;
  return backoff === usualBackoff ? undefined : 'App Mesh waits as Envoy does before it tries again';
}

/** Returns true if another condition of the list contains one without an event: errors of servers contain resets. */
function isContained(condition: Retries['on'][number], on: Retries['on']): boolean {
  if (on.includes('5xx') && (condition === 'reset' || (typeof condition === 'number' && condition >= 500)))
    return true;
  return on.includes('gateway-error') && ['reset', 502, 503, 504].includes(condition);
}
