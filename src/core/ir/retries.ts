import type { Node } from './node.ts';

/** Conditions of `retries.on`; a number is a status that the server gave. */
export type RetryCondition =
  | 'connect-failure'
  | 'refused-stream'
  | 'reset'
  | 'gateway-error'
  | '5xx'
  | 'cancelled'
  | 'deadline-exceeded'
  | 'internal'
  | 'resource-exhausted'
  | 'unavailable'
  | number;

/** Tries after the first one; `attempts` is at least 1. Times are in milliseconds. */
export interface Retries extends Node {
  readonly attempts: number;
  /** With 0 a try may take the whole timeout. */
  readonly perTryTimeout: number;
  readonly on: readonly RetryCondition[];
  /** The first wait; later waits double up to ten times the first, with jitter. */
  readonly backoff: number;
  /** Methods that may be retried, upper case; `all` on gRPC ports by default. */
  readonly methods: readonly string[] | 'all';
}
