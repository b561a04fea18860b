import { hooksFile } from './pre-commit-config.ts';
import type { ProjectFile } from './project-file.ts';
import { ciFiles } from './rollout-hosts/ci.ts';
import { kubernetesFiles } from './rollout-hosts/kubernetes.ts';
import { systemdFiles } from './rollout-hosts/systemd.ts';
import { workflowFile } from './workflow.ts';

/** A place where a rollout runs for hours, beside a guard. */
export type RolloutHost = 'ci' | 'kubernetes' | 'systemd';

/**
 * Returns the files that run checks before a commit and in CI, and those that run rollouts at a host. `prefix` leads
 * from the top of the repository to the mesh: empty, or ending in `/`; `hasSuites` is true if the mesh has suites of tests.
 */
export function projectFiles(
  version: string,
  prefix: string,
  host: RolloutHost | undefined,
  hasSuites: boolean,
): readonly ProjectFile[] {
  return [hooksFile(prefix), workflowFile(version, prefix, hasSuites), ...hostFiles(version, prefix, host)];
}

function hostFiles(version: string, prefix: string, host: RolloutHost | undefined): readonly ProjectFile[] {
  switch (host) {
    case 'ci':
      return ciFiles(version, prefix);
    case 'kubernetes':
      return kubernetesFiles(prefix);
    case 'systemd':
      return systemdFiles(prefix);
    case undefined:
      return [];
  }
}
