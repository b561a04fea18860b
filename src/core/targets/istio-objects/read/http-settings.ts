import { defined, unlessEmpty } from '../../../import/defined.ts';
import { durationText } from '../../../import/duration-text.ts';
import type { Field } from '../../../import/field.ts';
import { isHeaderValue, isToken } from '../../../import/written-values.ts';
import type { Cors, Fault, Retries, RetryCondition, RuleHeaders } from '../../../spec/types.gen.ts';

/** Failures that a route without `retryOn` tries again (retry.go). */
export const defaultRetryOn: readonly RetryCondition[] = [
  'connect-failure',
  'refused-stream',
  'unavailable',
  'cancelled',
];

const conditions: readonly string[] = [
  'connect-failure',
  'refused-stream',
  'reset',
  'gateway-error',
  '5xx',
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
];

/** Reads a duration; marks a text that is none as lost. */
export function readDuration(field: Field): string | undefined {
  const text = field.text();
  const read = text === undefined ? undefined : durationText(text);
  if (text !== undefined && read === undefined) field.malformed('a duration');
  return read;
}

/** Reads HTTPRetry. `attempts: 0` is no retry; what is left out keeps the default of the mesh, which the Mesh says. */
export function readRetries(field: Field): Retries | undefined {
  if (!field.isPresent) return undefined;
  const attempts = field.at('attempts').number() ?? 0;
  const perTry = readDuration(field.at('perTryTimeout'));
  const backoff = readDuration(field.at('backoff'));
  const on = readRetryOn(field.at('retryOn'));
  const localities = field.at('retryRemoteLocalities');
  if (localities.boolean() === true)
    localities.lost({ callers: 'retries may stay in the locality of the first try' });
  const previous = field.at('retryIgnorePreviousHosts');
  if (previous.boolean() === true)
    previous.withoutEffect('a retry may meet the same instance, as the default says');
  if (attempts === 0) return { attempts: 0 };
  return {
    attempts,
    ...(perTry === undefined ? {} : { perTryTimeout: perTry }),
    ...(on === undefined ? {} : { on }),
    ...(backoff === undefined || backoff === '0s' ? {} : { backoff }),
  };
}

function readRetryOn(field: Field): readonly RetryCondition[] | undefined {
  const words = (field.text() ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (words.length === 0) return undefined;
  const known = words.filter((word) => conditions.includes(word) || /^[2-5]\d\d$/.test(word));
  const unknown = words.filter((word) => !known.includes(word) && word !== 'retriable-status-codes');
  const others = unknown.flatMap((word) => (word === 'retriable-4xx' ? ['409'] : []));
  const lost = unknown.filter((word) => word !== 'retriable-4xx');
  if (lost.length > 0) field.lost({ callers: `failures of the kind ${lost.join(', ')} are not tried again` });
  const all = [...known, ...others];
  return all.length === 0
    ? ['connect-failure', 'refused-stream']
    : all.map((word) => (/^\d+$/.test(word) ? Number(word) : word));
}

/** Reads a Percent (`{value}`) or its old form, a whole number. */
export function readPercent(field: Field, old?: Field): number | undefined {
  const value = field.at('value').number() ?? old?.number();
  if (value === undefined) return undefined;
  return Math.min(100, Math.max(0, Math.round(value * 10_000) / 10_000));
}

/** Reads HTTPFaultInjection; a fault without a percentage injects nothing. */
export function readFault(field: Field): Fault | undefined {
  const delay = readDelay(field.at('delay'));
  const abort = readAbort(field.at('abort'));
  return delay === undefined && abort === undefined
    ? undefined
    : { ...(delay === undefined ? {} : { delay }), ...(abort === undefined ? {} : { abort }) };
}

function readDelay(field: Field): Fault['delay'] {
  if (!field.isPresent) return undefined;
  const percent = readPercent(field.at('percentage'), field.at('percent'));
  const exponential = field.at('exponentialDelay');
  const duration = readDuration(field.at('fixedDelay'));
  if (exponential.isPresent) exponential.lost({ callers: 'there is no exponential delay' });
  return isNone(field, percent) || duration === undefined || duration === '0s'
    ? undefined
    : { duration, percent };
}

const grpcStatuses: readonly string[] = [
  'CANCELLED',
  'UNKNOWN',
  'INVALID_ARGUMENT',
  'DEADLINE_EXCEEDED',
  'NOT_FOUND',
  'ALREADY_EXISTS',
  'PERMISSION_DENIED',
  'RESOURCE_EXHAUSTED',
  'FAILED_PRECONDITION',
  'ABORTED',
  'OUT_OF_RANGE',
  'UNIMPLEMENTED',
  'INTERNAL',
  'UNAVAILABLE',
  'DATA_LOSS',
  'UNAUTHENTICATED',
];

function readAbort(field: Field): Fault['abort'] {
  if (!field.isPresent) return undefined;
  const percent = readPercent(field.at('percentage'), field.at('percent'));
  const status = field.at('httpStatus').number();
  const grpc = field.at('grpcStatus');
  const grpcStatus = grpc.text();
  if (isNone(field, percent)) return undefined;
  if (grpcStatus !== undefined) {
    if (grpcStatuses.includes(grpcStatus)) return { grpcStatus, percent } as Fault['abort'];
    grpc.lost({ callers: 'this is no status of gRPC: nothing is aborted' });
    return undefined;
  }
  return status === undefined ? undefined : { status, percent };
}

function isNone(field: Field, percent: number | undefined): percent is undefined {
  if (percent === undefined) field.withoutEffect('without a percentage nothing is injected');
  return percent === undefined;
}

/** Reads a CorsPolicy. */
export function readCors(field: Field): Cors | undefined {
  if (!field.isPresent) return undefined;
  const origins = [...(field.at('allowOrigin').texts() ?? [])];
  for (const origin of field.at('allowOrigins').items()) {
    const exact = origin.at('exact').text();
    const regex = origin.at('regex').text();
    if (exact !== undefined) origins.push(exact);
    else if (regex === '.*') origins.push('*');
    else
      origin.lost({
        callers: 'browsers on pages of these origins are refused: the language takes whole origins',
        access: 'narrower',
      });
  }
  const allowCredentials = field.at('allowCredentials').boolean();
  const maxAge = readDuration(field.at('maxAge'));
  const unmatched = field.at('unmatchedPreflights');
  if (unmatched.text() === 'IGNORE')
    unmatched.differently({ callers: 'a preflight of another origin goes to the application' });
  const words = (name: string): readonly string[] | undefined =>
    unlessEmpty((field.at(name).texts() ?? []).filter(isToken));
  const [allowMethods, allowHeaders] = [words('allowMethods'), words('allowHeaders')];
  const exposeHeaders = words('exposeHeaders');
  if (origins.length === 0) return undefined;
  const rest = defined({ allowMethods, allowHeaders, exposeHeaders, allowCredentials, maxAge });
  return { allowOrigins: origins, ...rest };
}

/** Reads Headers; `rewriteHost` receives a Host that requests are given. */
export function readHeaders(
  field: Field,
  isChangeable: (name: string) => boolean,
  rewriteHost: (host: string) => void,
): RuleHeaders | undefined {
  const request = readChanges(field.at('request'), isChangeable, rewriteHost);
  const response = readChanges(field.at('response'), isChangeable);
  return request === undefined && response === undefined
    ? undefined
    : { ...(request === undefined ? {} : { request }), ...(response === undefined ? {} : { response }) };
}

function readChanges(
  field: Field,
  isChangeable: (name: string) => boolean,
  rewriteHost?: (host: string) => void,
): RuleHeaders['request'] {
  const named = new Set<string>();
  const values = (changes: Field): Readonly<Record<string, string>> => {
    const kept: Record<string, string> = {};
    for (const [name, entry] of changes.entries()) {
      const written = entry.text() ?? '';
      // A doubled % stands for one.
      const value = written.replaceAll('%%', '%');
      if (rewriteHost !== undefined && /^(?:host|:authority)$/i.test(name)) rewriteHost(value);
      else if (!isChangeable(name) || !isHeaderValue(value) || named.has(name.toLowerCase()))
        entry.lost({ callers: `the header ${name} stays as it is` });
      else if (/%[A-Za-z_]+(?:\(.*\))?%/.test(written.replaceAll('%%', '')))
        entry.lost({ callers: `the header ${name} is not set: values of the language are literal` });
      else kept[name] = value;
      named.add(name.toLowerCase());
    }
    return kept;
  };
  const set = values(field.at('set'));
  const add = values(field.at('add'));
  const remove: string[] = [];
  for (const item of field.at('remove').items()) {
    const name = item.text() ?? '';
    if (isChangeable(name) && !named.has(name.toLowerCase())) remove.push(name);
    else item.lost({ callers: `the header ${name} stays` });
    named.add(name.toLowerCase());
  }
  const changes = {
    ...(Object.keys(set).length > 0 ? { set } : {}),
    ...(Object.keys(add).length > 0 ? { add } : {}),
    ...(remove.length > 0 ? { remove } : {}),
  };
  return Object.keys(changes).length > 0 ? changes : undefined;
}
