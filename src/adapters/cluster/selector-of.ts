import type { Selection } from '../../ports/cluster.ts';

/** Returns the query of a selection's labels. */
export function selectorOf({ labels = {}, without = {} }: Selection): Record<string, string> {
  const terms = [
    ...Object.entries(labels).map(([key, value]) => `${key}=${value}`),
    ...Object.entries(without).map(([key, value]) => `${key}!=${value}`),
  ];
  return terms.length === 0 ? {} : { labelSelector: terms.join(',') };
}
