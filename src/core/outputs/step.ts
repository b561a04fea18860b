import type { Observed } from '../history/observed.ts';
import type { Ir } from '../ir/ir.ts';
import type { Revision } from '../revision/revision.ts';
import type { Artifact } from '../targets/artifact.ts';
import type { Target } from '../targets/target.ts';

/** A revision that is or was in force at an output. */
export interface Landing {
  /** Names the step that brought it, once and for all in this output. */
  readonly mark: string;
  readonly revision: Revision;
  /** Version of each part that is in force once the step is (a file by path, an object by ref). */
  readonly versions: ReadonlyMap<string, string>;
}

/**
 * One step on the way from one revision to another. The engine puts steps in force in their order, each after the one
 * before was accepted, and knows nothing else about them. Steps may share a revision: each is then a part of the way to
 * it, and `versions` tells how far the step comes.
 */
export interface Step extends Landing {
  /** Names the step for people, in events and in the journal: `make`, `switch`, `break`. */
  readonly name: string;
  /** Object changes of the plan up to this wave are in force with the step. */
  readonly wave: number;
  /** Connections opened before the step must have ended before the next one: they keep the access of before. */
  readonly drained: boolean;
  /** The step takes away what proxies may still use, so all that ever answered must answer before it. */
  readonly removes: boolean;
  /** Proxies take on another identity with this step, if the revision gives them one. */
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
