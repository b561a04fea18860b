import type { Retries, RetryCondition } from '../../../ir/retries.ts';
import type { Json } from '../../artifact.ts';
import { duration } from '../duration.ts';
import { reportedFailures } from '../failure-marks.ts';

/** Envoy's attempts to find an instance that a request has not been to, before it takes one again. */
const selectionAttempts = 5;

/** Milliseconds of 100 years, the longest duration of the language: Envoy refuses more than 292. */
const longestInterval = 36_500 * 86_400_000;

/** Retries as the language has them; a try avoids the instances of the ones before where another can be had. */
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
