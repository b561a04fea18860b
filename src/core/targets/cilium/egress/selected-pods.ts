import type { Service } from '../../../ir/service.ts';
import { accountLabel } from '../access/selectors.ts';

/** Returns the selector of the pods of a service with its account: externals are open to accounts. */
export function selectedPods({ workload }: Pick<Service, 'workload'>) {
  return { matchLabels: { ...workload.labels, [accountLabel]: workload.principal.serviceAccount } };
}
