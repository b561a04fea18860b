import type { Observed } from '../history/observed.ts';
import type { Ir } from '../ir/ir.ts';
import type { Revision } from '../revision/revision.ts';
import type { Artifact } from '../targets/artifact.ts';
import type { Target } from '../targets/target.ts';

/** A revision that is or was in force at an output. */
export interface Landing {
  /** The unique name, in this output, of the step that put the revision in force. */
  readonly mark: string;
  readonly revision: Revision;
  /** The version of each part in force (a file by path, an object by ref). */
  readonly versions: ReadonlyMap<string, string>;
}

/**
 * One step on the way from one revision to another. The engine puts steps in force in order, each after the acceptance
 * of the step before. Several steps may lead to the same revision; `versions` then has the parts that are in force
 * after each step.
 */
export interface Step extends Landing {
  /** The name of the step for people, in events and in the journal: `make`, `switch`, `break`. */
  readonly name: string;
  /** Object changes of the plan up to this wave are in force with the step. */
  readonly wave: number;
  /** True if connections from before the step must end before the next step, since they keep the old access. */
  readonly drained: boolean;
  /**
   * True if the step removes parts that proxies may still use, so that every proxy that ever answered must answer
   * first.
   */
  readonly removes: boolean;
  /** True if proxies take the identities of the revision with this step. */
  readonly identities: boolean;
  /** Digest of the snapshot that the journal names, once the snapshot is recorded. */
  readonly snapshot?: string;
}

/** A change of one target that steps are made for. */
export interface Change {
  readonly observed: Observed;
  readonly next: Revision;
  /** The target's own part in a delivery. */
  readonly target: Pick<Target, 'between' | 'acceptance' | 'order'>;
  /** Compiles the meshes that lie between two revisions. */
  readonly lower: (ir: Ir) => readonly Artifact[];
}
