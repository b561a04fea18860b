import type { Retries } from '../ir/retries.ts';
import type { Forwarded } from './outcome.ts';

/** Returns the tries of a request; a request that may not be retried has one try and no per-try limit. */
export function retryTerms(
  retries: Retries | undefined,
  method: string,
): Pick<Forwarded, 'tries' | 'perTryTimeout' | 'retryOn'> {
  if (retries === undefined || (retries.methods !== 'all' && !retries.methods.includes(method))) {
    return { tries: 1, perTryTimeout: 0, retryOn: [] };
  }
  return { tries: retries.attempts + 1, perTryTimeout: retries.perTryTimeout, retryOn: retries.on };
}
