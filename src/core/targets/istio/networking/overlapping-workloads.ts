import type { Ir } from '../../../ir/ir.ts';
import type { Service } from '../../../ir/service.ts';

/**
 * Each workload with declared calls, once: its first service, and all services of its namespace whose pods it may share
 * because the labels of one are among those of the other.
 */
export function overlapping(ir: Ir): readonly (readonly Service[])[] {
  const services = Object.values(ir.services);
  const byLabel = new Map<string, Service[]>();
  for (const service of services) {
    for (const key of labelKeys(service)) byLabel.set(key, [...(byLabel.get(key) ?? []), service]);
  }
  const written = new Set<string>();
  return services.flatMap((service) => {
    const selector = labelKeys(service).sort().join();
    if (service.calls === undefined || written.has(selector)) return [];
    written.add(selector);
    const near = new Set(labelKeys(service).flatMap((key) => byLabel.get(key) ?? []));
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

function labelKeys({ namespace, workload }: Service): string[] {
  return Object.entries(workload.labels).map(([key, value]) => `${namespace}/${key}=${value}`);
}
