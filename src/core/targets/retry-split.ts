import type { Retries } from '../ir/retries.ts';

/** The requests of a rule that have one of these methods, and their retries. */
export interface MethodShare {
  /** If absent, every method. */
  readonly methods?: readonly string[];
  readonly retries?: Retries;
}

/**
 * Splits a rule with retries into a route for the methods that may be retried and one for the rest: a per-try timeout
 * would cut off requests that may not be retried, too.
 */
export function retrySplit(
  methods: readonly string[] | undefined,
  retries: Retries | undefined,
): readonly MethodShare[] {
  if (retries === undefined) return [limit(methods)];
  if (retries.methods === 'all') return [{ ...limit(methods), retries }];
  const retried = new Set(retries.methods);
  if (methods === undefined) return [{ methods: retries.methods, retries }, {}];
  const shares: readonly MethodShare[] = [
    { methods: methods.filter((method) => retried.has(method)), retries },
    { methods: methods.filter((method) => !retried.has(method)) },
  ];
  return shares.filter((share) => share.methods?.length !== 0);
}

function limit(methods: readonly string[] | undefined): MethodShare {
  return methods === undefined ? {} : { methods };
}
