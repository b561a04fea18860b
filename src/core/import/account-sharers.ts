import { type Inventory, type KnownService, serviceId } from './inventory.ts';

/**
 * Returns the names (`namespace/name`) of services, and of pods without a service, that have the account of a service, too. The
 * language knows callers by their accounts: a rule for the one is a rule for all of them.
 */
export function accountSharers(
  { namespace, name, workloads, spec }: KnownService,
  inventory: Inventory,
): readonly string[] {
  if (workloads.length === 0) return [];
  const account = spec.workload?.serviceAccount ?? name;
  const others = inventory.workloads.filter(
    (one) => one.namespace === namespace && one.serviceAccount === account && !workloads.includes(one),
  );
  const ofService = inventory.services.filter((service) =>
    service.workloads.some((one) => others.includes(one)),
  );
  const lone = others.filter((one) => !ofService.some((service) => service.workloads.includes(one)));
  return [...new Set([...ofService, ...lone].map(serviceId))].sort();
}
