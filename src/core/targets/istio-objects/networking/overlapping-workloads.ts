import type { Ir } from '../../../ir/ir.ts';
import type { Service } from '../../../ir/service.ts';

/**
 * Returns each workload with declared calls once: its first service, then all services of the namespace that may share
 * pods with it. Two services may share pods if the labels of one are among the labels of the other.
 */
export function overlapping(ir: Ir): readonly (readonly Service[])[] {
  const services = Object.values(ir.services);
  const byLabel = new Map<string, Service[]>();
  for (const service of services) {
    const keys = isUnlabelled(service) ? [`${service.namespace}/`] : labelKeys(service);
    for (const key of keys) byLabel.set(key, [...(byLabel.get(key) ?? []), service]);
  }
  const written = new Set<string>();
  return services.flatMap((service) => {
    const selector = [service.namespace, ...labelKeys(service).sort()].join();
    if (service.calls === undefined || written.has(selector)) return [];
    written.add(selector);
    const unlabelled = byLabel.get(`${service.namespace}/`) ?? [];
    const near = isUnlabelled(service)
      ? new Set(services.filter(({ namespace }) => namespace === service.namespace))
      : new Set([...unlabelled, ...labelKeys(service).flatMap((key) => byLabel.get(key) ?? [])]);
    const sharing = [...near].filter((other) => other !== service && shares(service, other));
    return [[service, ...sharing]];
  });
}

function shares(one: Service, other: Service): boolean {
  const [labels, others] = [one.workload.labels, other.workload.labels];
  return isAmong(labels, others) || isAmong(others, labels);
}

function isAmong(
  labels: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(labels).every(([key, value]) => others[key] === value);
}

/** Returns true if a service has no labels, so that it selects every pod of its namespace. */
function isUnlabelled({ workload }: Service): boolean {
  return Object.keys(workload.labels).length === 0;
}

function labelKeys({ namespace, workload }: Service): string[] {
  return Object.entries(workload.labels).map(([key, value]) => `${namespace}/${key}=${value}`);
}
