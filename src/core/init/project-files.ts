import { hooksFile } from './pre-commit-config.ts';
import type { ProjectFile } from './project-file.ts';
import { workflowFile } from './workflow.ts';

/**
 * Returns the files that run checks before a commit and in CI. `prefix` leads from the top of the repository to the
 * mesh: empty, or ending in `/`.
 */
export function projectFiles(version: string, prefix: string): readonly ProjectFile[] {
  return [hooksFile(prefix), workflowFile(version, prefix)];
}
