import type { Retries } from '../ir/retries.ts';
import type { Forwarded } from './outcome.ts';

/** Returns the tries of a request. A request that may not be repeated has one try and no limit for each try. */
export function retryTerms(
  retries: Retries | undefined,
  method: string,
): Pick<Forwarded, 'tries' | 'perTryTimeout' | 'retryOn'> {
  if (retries === undefined || (retries.methods !== 'all' && !retries.methods.includes(method))) {
    return { tries: 1, perTryTimeout: 0, retryOn: [] };
  }
  return { tries: retries.attempts + 1, perTryTimeout: retries.perTryTimeout, retryOn: retries.on };
}
