import type { Service, Version } from '../../../ir/service.ts';
import type { LoweringOptions } from '../lowering-options.ts';

/**
 * Returns the labels that distinguish a version's pods from those of other versions. Returns undefined for the only
 * version of a service without labels, which includes every pod.
 */
export function subsetLabels(
  { versions }: Service,
  { name, labels }: Version,
  { versionLabel }: LoweringOptions,
): Readonly<Record<string, string>> | undefined {
  if (Object.keys(labels).length > 0) return labels;
  return versions.length > 1 ? { [versionLabel]: name } : undefined;
}

/** A subset without pods: connections to it are closed, requests get 503. */
export const nowhere = { name: 'meshwright-nowhere', labels: { 'meshwright.dev/nowhere': 'true' } } as const;
