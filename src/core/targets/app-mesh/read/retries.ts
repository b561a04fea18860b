import type { Field } from '../../../import/field.ts';
import type { Retries, RetryCondition } from '../../../spec/types.gen.ts';
import { durationText, millisecondsOf } from './references.ts';

/** The conditions that events mean; events of gRPC have the words of the language. */
const conditions: Readonly<Record<string, RetryCondition>> = {
  'server-error': '5xx',
  'gateway-error': 'gateway-error',
  'client-error': 409,
  'stream-error': 'refused-stream',
  'connection-error': 'connect-failure',
  cancelled: 'cancelled',
  'deadline-exceeded': 'deadline-exceeded',
  internal: 'internal',
  'resource-exhausted': 'resource-exhausted',
  unavailable: 'unavailable',
};

/**
 * Reads the policy of a route that ends after a time; undefined for a route that is tried as the mesh says. A try may take the whole
 * time of its request.
 */
export function readRetries(policy: Field, timeout: number | undefined): Retries | undefined {
  if (!policy.isPresent) return undefined;
  const attempts = policy.at('maxRetries').number() ?? 0;
  const time = millisecondsOf(policy.at('perRetryTimeout'));
  const on = ['httpRetryEvents', 'tcpRetryEvents', 'grpcRetryEvents'].flatMap((name) =>
    policy
      .at(name)
      .items()
      .flatMap((item): readonly RetryCondition[] => {
        const event = item.text();
        const condition = event === undefined ? undefined : conditions[event];
        if (event !== undefined && condition === undefined)
          item.lost({ callers: 'App Mesh has no such event' });
        return condition === undefined ? [] : [condition];
      }),
  );
  if (attempts === 0 || on.length === 0) return { attempts: 0 };
  return {
    attempts: Math.min(attempts, 100),
    on: [...new Set(on)],
    ...(time !== undefined &&
      time > 0 &&
      (timeout === undefined || timeout === 0 || time < timeout) && { perTryTimeout: durationText(time) }),
    methods: 'all',
  };
}
