import type { Revision } from '../revision/revision.ts';
import { revisionDigest } from '../revision/revision-files.ts';

/** A block that a rollback leaves on an output: an apply is refused as long as Git compiles to another revision. */
export interface Hold {
  /** Id of the rollback's run; the argument of `--release-hold`. */
  readonly id: string;
  /** ISO 8601. */
  readonly since: string;
  /** `user@host`. */
  readonly by: string;
  /** History entry that the rollback applied again. */
  readonly entry: string;
  /** Digest of the compiled revision of the entry. */
  readonly compiled: string;
}

/**
 * Returns the hold that refuses `next`; undefined if there is no hold, `released` is its id, or `next` is the held
 * revision.
 */
export function holdAgainst(
  { hold }: { readonly hold?: Hold },
  next: Revision,
  released?: string,
): Hold | undefined {
  if (hold === undefined || hold.id === released) return undefined;
  return revisionDigest(next.artifacts) === hold.compiled ? undefined : hold;
}
