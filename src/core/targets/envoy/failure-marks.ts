import type { RetryCondition } from '../../ir/retries.ts';
import type { Json } from '../artifact.ts';
import { extension, type Fields } from './typed-config.ts';

/**
 * When an application fails to answer, its own proxy answers 503 for it. This header tells the caller's proxy what
 * really happened, so that it retries `connect-failure` and `reset`, and counts a status only if the server sent it.
 * The caller's proxy removes the header.
 */
const failureHeader = 'x-meshwright-failure';

/**
 * The header of answers that Envoy never retries because of their status, except under the condition
 * `envoy-ratelimited`.
 */
const noStatusHeader = 'x-envoy-ratelimited';

/** Headers that are removed before callers see an answer. */
export const failureHeaders: readonly string[] = [failureHeader, noStatusHeader];

/** Mappers for the local replies of a proxy in front of an application. */
export const failureReplies: readonly Json[] = [
  reply({ response_flag_filter: { flags: ['UF'] } }, failureHeader, 'connect-failure'),
  reply(
    {
      extension_filter: extension(
        'envoy.access_loggers.extension_filters.cel',
        'envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter',
        { expression: "response.code_details.contains('refused_stream')" },
      ),
    },
    failureHeader,
    'refused-stream',
  ),
  reply({ response_flag_filter: { flags: ['UC', 'UR', 'LR', 'UPE'] } }, noStatusHeader, 'true'),
];

/** Returns the additions to a retry policy that make it react to the failures that proxies report. */
export function reportedFailures(conditions: readonly RetryCondition[]): {
  readonly retryOn: readonly string[];
  readonly headers: readonly Fields[];
} {
  const anyReset = conditions.some((condition) => resets.has(condition));
  const failures = (['connect-failure', 'refused-stream'] as const).filter(
    (failure) => anyReset || conditions.includes(failure),
  );
  return {
    retryOn: [
      ...(anyReset ? ['envoy-ratelimited'] : []),
      ...(failures.length > 0 ? ['retriable-headers'] : []),
    ],
    headers: failures.map((failure) => ({ name: failureHeader, string_match: { exact: failure } })),
  };
}

/** Conditions that include every lost answer. */
const resets: ReadonlySet<RetryCondition> = new Set<RetryCondition>(['reset', 'gateway-error', '5xx']);

function reply(filter: Fields, key: string, value: string): Json {
  return {
    filter,
    headers_to_add: [{ header: { key, value }, append_action: 'OVERWRITE_IF_EXISTS_OR_ADD' }],
  };
}
