import type { Clock } from '../../../ports/clock.ts';
import type { DeploymentRepository } from '../../../ports/deployment-repository.ts';
import type { Artifact } from '../../targets/artifact.ts';
import type { ArrivedObject } from '../arrived-object.ts';
import type { Rendering } from './rendered-objects.ts';

/** The place of a Git output. */
export interface GitPlace {
  readonly repository: DeploymentRepository;
  readonly clock: Clock;
  /** `<mesh>.<environment>.<target>`. */
  readonly inventory: string;
  readonly branch: string;
  /** True if commits go to a branch of proposals, for a pull request. */
  readonly propose: boolean;
  /** The folder below the top of the repository, without slashes at its ends; empty for the top. */
  readonly folder: string;
  readonly rendering: Rendering;
  /** Looks at the cluster to which a controller carries the objects; absent if no cluster is named. */
  readonly arrival?: (objects: readonly Artifact[]) => Promise<readonly ArrivedObject[]>;
}
