import { defined } from '../../../import/defined.ts';
import { durationText } from '../../../import/duration-text.ts';
import type { Field } from '../../../import/field.ts';
import type { Retries } from '../../../spec/types.gen.ts';

/** Times and retries that annotations of a route or a Service say. */
export interface CallSettings {
  readonly timeout?: string;
  readonly retries?: Retries;
}

const grpcStatuses = [
  'cancelled',
  'deadline-exceeded',
  'internal',
  'resource-exhausted',
  'unavailable',
] as const;

/** Returns true for an annotation of times and retries. */
export function isCallAnnotation(name: string): boolean {
  return /^(?:retry|timeout)\.linkerd\.io\//.test(name);
}

/** Reads the annotations of times and retries. */
export function readCallSettings(annotations: Field): CallSettings {
  const http = annotations.at('retry.linkerd.io/http');
  const grpc = annotations.at('retry.linkerd.io/grpc');
  const limit = annotations.at('retry.linkerd.io/limit');
  const perTry = annotations.at('retry.linkerd.io/timeout');
  const timeout = readTime(annotations.at('timeout.linkerd.io/request'));
  for (const name of ['response', 'idle'])
    annotations.at(`timeout.linkerd.io/${name}`).lost({
      callers: 'the language limits the time of a whole request: answers that take longer are waited for',
    });
  const conditions = [...readStatuses(http), ...readGrpc(grpc)];
  const perTryTimeout = readTime(perTry);
  const count = limit.text();
  if (conditions.length === 0) {
    for (const field of [limit, perTry])
      if (field.isPresent) field.withoutEffect('nothing says which answers are tried again');
    return defined({ timeout });
  }
  const attempts = count === undefined ? 1 : Number(count);
  if (!Number.isInteger(attempts) || attempts < 0 || attempts > 100) limit.malformed('a number of tries');
  return {
    ...defined({ timeout }),
    retries: {
      attempts: Number.isInteger(attempts) ? Math.min(Math.max(attempts, 0), 100) : 1,
      on: conditions,
      methods: 'all',
      ...defined({ perTryTimeout }),
    },
  };
}

type Conditions = NonNullable<Retries['on']>;

function readStatuses(field: Field): Conditions {
  const text = field.text();
  if (text === undefined) return [];
  const parts = text.split(',').flatMap((part): Conditions => {
    if (part === '5xx' || part === 'gateway-error') {
      field.differently({ callers: 'requests that get no answer are tried again, too' });
      return [part];
    }
    const [first, last = first] = part.split('-').map(Number);
    const isRange = first !== undefined && last !== undefined && first >= 200 && last <= 599;
    if (!isRange) field.malformed('a list of statuses');
    return isRange ? Array.from({ length: Math.max(last - first + 1, 0) }, (_one, at) => first + at) : [];
  });
  return [...new Set(parts)];
}

function readGrpc(field: Field): Conditions {
  const words = field.text()?.split(',') ?? [];
  return words.flatMap((word) => {
    const known = grpcStatuses.find((one) => one === word);
    if (known === undefined) field.malformed('a list of statuses of gRPC');
    return known ?? [];
  });
}

/** Linkerd takes a whole number with one unit, and days. */
function readTime(field: Field): string | undefined {
  const text = field.text();
  if (text === undefined) return undefined;
  const [, days] = /^(\d{1,5})d$/.exec(text) ?? [];
  const read = days === undefined ? durationText(text) : `${String(Number(days) * 24)}h`;
  if (read === undefined) field.malformed('a duration');
  return read;
}
