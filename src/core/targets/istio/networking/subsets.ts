import type { Service, Version } from '../../../ir/service.ts';
import type { LoweringOptions } from '../lowering-options.ts';

/**
 * Returns the labels that tell a version's pods from the pods of other versions. Returns undefined for an only version
 * without labels, to which every pod belongs.
 */
export function subsetLabels(
  { versions }: Service,
  { name, labels }: Version,
  { versionLabel }: LoweringOptions,
): Readonly<Record<string, string>> | undefined {
  if (Object.keys(labels).length > 0) return labels;
  return versions.length > 1 ? { [versionLabel]: name } : undefined;
}

/** A subset that holds no pod: connections to it are closed, requests answered with 503. */
export const nowhere = { name: 'meshwright-nowhere', labels: { 'meshwright.dev/nowhere': 'true' } } as const;
