import type { GitConfig } from './git-config-text.ts';
import type { GitPlace } from './git-place.ts';

/** A repository that this tool found, and that its owner lets this user read. */
export interface GitRepository extends GitPlace {
  /** The repository's own settings, without the files that they include. No program of Git ever reads them. */
  readonly config: GitConfig;
}
