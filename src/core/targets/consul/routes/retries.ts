import type { Retries } from '../../../ir/retries.ts';
import type { ServiceRouterSpec } from '../crds/consul.gen.ts';

type Destination = NonNullable<NonNullable<ServiceRouterSpec['routes']>[number]['destination']>;

/** Returns the fields of a destination for retries. */
export function retryFields({
  attempts,
  on,
}: Retries): Pick<Destination, 'numRetries' | 'retryOn' | 'retryOnStatusCodes'> {
  const conditions = on.filter((condition) => typeof condition !== 'number');
  const statuses = on.filter((condition) => typeof condition === 'number');
  return {
    numRetries: attempts,
    ...(conditions.length > 0 && { retryOn: conditions }),
    ...(statuses.length > 0 && { retryOnStatusCodes: statuses }),
  };
}
