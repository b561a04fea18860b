import type { HistoryEntry } from '../../history/entry.ts';
import type { GitPlace } from './git-place.ts';

/** The run of a commit; `entry` is absent if the run wrote records alone. */
export interface CommitOrigin {
  readonly run: string;
  readonly entry?: HistoryEntry;
  /** True if the commit goes back to the revision in force before the run. */
  readonly goesBack?: boolean;
}

/** The longest subject, in characters, that every tool shows in full. */
const longestSubject = 72;

/** Returns the message of a commit: a subject for people, and trailers for programs (git-interpret-trailers(1)). */
export function commitMessage({ inventory }: Pick<GitPlace, 'inventory'>, origin: CommitOrigin): string {
  const { run, entry } = origin;
  const trailers = [
    ['Mesh', inventory],
    ['Mesh-Run', run],
    ...(entry === undefined
      ? []
      : [
          ['Mesh-Revision', revisionOf(entry)],
          ['Mesh-Compiled', entry.digests.compiled],
          ['Mesh-Plan', entry.planId],
          ...(entry.rollbackOf === undefined ? [] : [['Mesh-Rollback-To', entry.rollbackOf]]),
        ]),
  ];
  const subject = `${inventory}: ${words(origin)}`.slice(0, longestSubject);
  return `${subject}\n\n${trailers.map(([name, value]) => `${name}: ${value}\n`).join('')}`;
}

/**
 * Returns the commit of the spec, with `-dirty` if the applied spec had uncommitted changes; `uncommitted` without a
 * commit.
 */
function revisionOf({ commit, dirty }: HistoryEntry): string {
  if (commit === undefined) return 'uncommitted';
  return dirty ? `${commit}-dirty` : commit;
}

function words({ entry, goesBack }: CommitOrigin): string {
  if (goesBack) return 'go back to what was in force';
  if (entry === undefined) return 'keep the records of a run';
  const counts = Object.entries(entry.counts)
    .filter(([, count]) => count > 0)
    .map(([op, count]) => `${op} ${String(count)}`)
    .join(', ');
  const to = entry.rollbackOf === undefined ? '' : ` to ${entry.rollbackOf}`;
  return `${entry.command === 'rollback' ? `roll back${to}` : 'apply'}${counts === '' ? '' : ` (${counts})`}`;
}
