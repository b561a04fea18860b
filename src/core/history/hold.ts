import type { Revision } from '../plan/revision.ts';
import { revisionDigest } from '../plan/revision-files.ts';
import type { State } from './state.ts';

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

/** The hold that keeps an output from becoming `next`, unless it is released by its id. */
export function holdAgainst({ hold }: State, next: Revision, released?: string): Hold | undefined {
  if (hold === undefined || hold.id === released) return undefined;
  return revisionDigest(next.artifacts) === hold.compiled ? undefined : hold;
}
