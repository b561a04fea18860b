import type { Service, Version } from '../../../ir/service.ts';
import type { LoweringOptions } from '../lowering-options.ts';

/**
 * The labels that tell a version's pods from those of the others; none where it is the only one and has no labels, so
 * that every pod is of it.
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
