import { defined } from '../../../import/defined.ts';
import type { Field } from '../../../import/field.ts';
import type { Retries } from '../../../spec/types.gen.ts';
import { account, idle, lost } from './account.ts';
import { readDuration } from './durations.ts';

type Condition = NonNullable<Retries['on']>[number];

/** Conditions of Envoy by the words of the language. */
const words: Readonly<Record<string, Condition>> = {
  '5xx': '5xx',
  'gateway-error': 'gateway-error',
  reset: 'reset',
  'connect-failure': 'connect-failure',
  'refused-stream': 'refused-stream',
  cancelled: 'cancelled',
  'deadline-exceeded': 'deadline-exceeded',
  internal: 'internal',
  'resource-exhausted': 'resource-exhausted',
  unavailable: 'unavailable',
};

/** Reads a RetryPolicy; without a condition nothing is tried again. */
export function readRetries(policy: Field): Retries | undefined {
  if (!policy.isPresent) return undefined;
  const on = policy.at('retry_on');
  const statuses = policy
    .at('retriable_status_codes')
    .items()
    .flatMap((item) => item.number() ?? []);
  const conditions = (on.text() ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .flatMap((word): readonly Condition[] => {
      if (word === 'retriable-status-codes') return statuses;
      if (word === 'retriable-4xx') return [409];
      const known = words[word];
      if (known === undefined) on.lost({ callers: `what fails by ${word} is not tried again` });
      return known === undefined ? [] : [known];
    });
  account(policy, {
    host_selection_retry_max_attempts: idle('another instance is chosen as the spec says'),
    per_try_idle_timeout: lost('a try that is silent is waited for'),
    rate_limited_retry_back_off: lost('the wait before a retry is the usual one'),
    retriable_headers: lost('answers are not told apart by their headers'),
    retriable_request_headers: lost('every request is tried again, whatever its headers'),
    retry_host_predicate: idle('an instance that was not tried before is chosen, if there is one'),
    retry_options_predicates: lost('what the extension does is not in the spec'),
    retry_priority: lost('a retry goes to instances of any priority'),
  });
  const attempts = policy.at('num_retries').number() ?? 1;
  const perTryTimeout = readDuration(policy.at('per_try_timeout'));
  const backoff = readDuration(policy.along('retry_back_off', 'base_interval'));
  policy.along('retry_back_off', 'max_interval').lost({ callers: 'the wait grows up to tenfold' });
  if (conditions.length === 0) return undefined;
  return {
    attempts: Math.min(Math.max(Math.round(attempts), 0), 100),
    on: [...new Set(conditions)],
    methods: 'all',
    ...defined({ perTryTimeout, backoff: backoff === '0s' ? undefined : backoff }),
  };
}
