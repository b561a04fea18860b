import type { Retries, RetryCondition } from '../../../ir/retries.ts';
import type { Json } from '../../artifact.ts';
import { duration } from '../duration.ts';
import { reportedFailures } from '../failure-marks.ts';

/** The number of times that Envoy looks for an instance that hasn't had the request yet, before it accepts another. */
const selectionAttempts = 5;

/** The longest duration of the language, 100 years, in milliseconds: Envoy refuses more than 292 years. */
const longestInterval = 36_500 * 86_400_000;

/** Returns retries with the language's meaning. A try avoids the instances of earlier tries if there are others. */
export function retryPolicy(retries: Retries): Json {
  const statuses = retries.on.filter((condition) => typeof condition === 'number');
  const backoff = Math.max(retries.backoff, 1);
  const reported = reportedFailures(retries.on);
  return {
    retry_on: [...new Set([...retries.on.map(conditionName), ...reported.retryOn])].join(','),
    num_retries: retries.attempts,
    ...(retries.perTryTimeout > 0 && { per_try_timeout: duration(retries.perTryTimeout) }),
    ...(statuses.length > 0 && { retriable_status_codes: statuses }),
    ...(reported.headers.length > 0 && { retriable_headers: reported.headers }),
    retry_back_off: {
      base_interval: duration(backoff),
      max_interval: duration(Math.min(backoff * 10, longestInterval)),
    },
    retry_host_predicate: [
      {
        name: 'envoy.retry_host_predicates.previous_hosts',
        typed_config: {
          '@type': 'type.googleapis.com/envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate',
        },
      },
    ],
    host_selection_retry_max_attempts: selectionAttempts,
  };
}

function conditionName(condition: RetryCondition): string {
  return typeof condition === 'number' ? 'retriable-status-codes' : condition;
}
