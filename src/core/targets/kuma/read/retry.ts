import type { Field } from '../../../import/field.ts';
import type { RetryCondition, Settings } from '../../../spec/types.gen.ts';
import { readDuration } from './durations.ts';

const conditions: Readonly<Record<string, RetryCondition>> = {
  '5xx': '5xx',
  GatewayError: 'gateway-error',
  Reset: 'reset',
  ConnectFailure: 'connect-failure',
  RefusedStream: 'refused-stream',
};

/** The conditions of Kuma where a policy names none (defaultRetryOn of its xDS generator). */
const defaultConditions: readonly RetryCondition[] = ['gateway-error', 'connect-failure', 'refused-stream'];

const http3Failure = 'Http3PostConnectFailure';

/** Returns the retries that a MeshRetry asks for; HTTP alone, since the language has no others. */
export function readRetry(field: Field): Pick<Settings, 'retries'> {
  const http = field.at('http');
  const attempts = http.at('numRetries').number();
  const perTryTimeout = readDuration(http.at('perTryTimeout'));
  const backoff = readDuration(http.along('backOff', 'baseInterval'));
  http.along('backOff', 'maxInterval').differently({ callers: 'waits double up to ten times the first one' });
  for (const name of ['rateLimitedBackOff', 'retriableRequestHeaders', 'retriableResponseHeaders'])
    http.at(name).lost({ callers: 'tries do not depend on these headers' });
  for (const name of ['hostSelection', 'hostSelectionMaxAttempts'])
    http.at(name).withoutEffect('a try avoids the instances of earlier tries anyway');
  field.at('grpc').lost({ callers: 'gRPC requests are tried again as other requests are' });
  field.at('tcp').lost({ callers: 'a connection is tried once' });
  const methods: string[] = [];
  const on = http
    .at('retryOn')
    .items()
    .flatMap((item): readonly RetryCondition[] => {
      const text = item.text() ?? '';
      const [, method] = /^HttpMethod([A-Z][a-z]+)$/.exec(text) ?? [];
      if (method !== undefined) methods.push(method.toUpperCase());
      const condition = conditions[text] ?? (/^[2-5]\d\d$/.test(text) ? Number(text) : undefined);
      if (text === http3Failure) item.withoutEffect('proxies of a mesh speak no HTTP/3 to each other');
      else if (condition === undefined && method === undefined)
        item.lost({ callers: 'requests that fail in this way are not tried again' });
      return condition === undefined ? [] : [condition];
    });
  // Beside statuses alone Kuma tries its own conditions, too; the failure of HTTP/3 is a condition that has a name.
  const hasName = http
    .at('retryOn')
    .items()
    .some(({ value }) => value === http3Failure || conditions[String(value)] !== undefined);
  if (attempts === undefined) return {};
  if (attempts < 1) return { retries: { attempts: 0 } };
  return {
    retries: {
      attempts: Math.min(attempts, 100),
      on: hasName ? on : [...defaultConditions, ...on],
      methods: methods.length > 0 ? methods : 'all',
      ...(perTryTimeout !== undefined && { perTryTimeout }),
      ...(backoff !== undefined && backoff !== '0s' && { backoff }),
    },
  };
}
