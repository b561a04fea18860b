import type { Service } from '../../ir/service.ts';

/** Returns the name of a subset without instances: a request that is sent there gets 503. */
export function emptySubset({ versions }: Pick<Service, 'versions'>): string {
  const taken = new Set(versions.map(({ name }) => name));
  let name = 'nobody';
  for (let count = 2; taken.has(name); count += 1) name = `nobody-${String(count)}`;
  return name;
}
