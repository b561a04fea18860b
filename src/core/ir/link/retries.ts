import type { Retries, RetryCondition } from '../retries.ts';
import type { MergedSettings } from './merged-settings.ts';
import { originOfWritten } from './spec-place.ts';

/**
 * Methods that are retried if the document names none, except on gRPC ports: the idempotent ones (RFC 9110,
 * 9.2.2).
 */
export const idempotentMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE'];
const unsent: readonly RetryCondition[] = ['connect-failure', 'refused-stream'];

/**
 * Returns the retries of merged settings; undefined if they set no attempts. On gRPC ports all methods are retried by
 * default.
 */
export function retriesOf(merged: MergedSettings, grpc: boolean): Retries | undefined {
  const attempts = merged.get('retries.attempts');
  if (attempts === undefined || attempts.value === 0) return undefined;
  const value = <T>(path: string, otherwise: T): T =>
    (merged.get(`retries.${path}`)?.value as T | undefined) ?? otherwise;
  return {
    origin: originOfWritten(attempts),
    attempts: attempts.value as number,
    perTryTimeout: value('perTryTimeout', 0),
    on: value('on', unsent),
    backoff: value('backoff', 25),
    methods: value('methods', defaultMethods(grpc)),
  };
}

/** Returns the methods that may be retried by default. */
export function defaultMethods(grpc: boolean): Retries['methods'] {
  return grpc ? 'all' : idempotentMethods;
}
