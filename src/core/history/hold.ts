import type { Revision } from '../revision/revision.ts';
import { revisionDigest } from '../revision/revision-files.ts';

/** A rollback stays until Git agrees with it: while Git compiles to anything else, no apply goes on. */
export interface Hold {
  /** Run of the rollback; `--release-hold` asks for it. */
  readonly id: string;
  /** ISO 8601. */
  readonly since: string;
  /** `user@host`. */
  readonly by: string;
  /** History entry that was gone back to. */
  readonly entry: string;
  /** Digest of what it compiled to. */
  readonly compiled: string;
}

/** Returns the hold that keeps an output from becoming `next`; undefined if there is none, or `released` is its id. */
export function holdAgainst(
  { hold }: { readonly hold?: Hold },
  next: Revision,
  released?: string,
): Hold | undefined {
  if (hold === undefined || hold.id === released) return undefined;
  return revisionDigest(next.artifacts) === hold.compiled ? undefined : hold;
}
