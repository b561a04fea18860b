import path from 'node:path';
import type { FileCommit } from '../../ports/deployment-repository.ts';
import { gitLines } from '../git-lines.ts';
import type { GitRepository } from '../git-repository.ts';
import { readRegularFile } from '../regular-file.ts';

/**
 * Returns, for each of some files, the newest commit that changed it. Looks only at commits whose parents were fetched,
 * and leaves out files that none of these commits changed. `folder` is above the files (`''`: the top), whose paths are
 * relative to it.
 */
export async function lastCommits(
  repository: GitRepository,
  tip: string,
  folder: string,
  files: ReadonlySet<string>,
): Promise<ReadonlyMap<string, FileCommit>> {
  const prefix = folder === '' ? '' : `${folder}/`;
  const boundary = boundaryOf(repository);
  const found = new Map<string, FileCommit>();
  let commit: FileCommit | undefined;
  const args = [
    ...['log', '-z', `--format=${head}%H${part}%an <%ae>${part}%aI${part}%s`, '--name-only', '--no-renames'],
    // A setting of the user could add signatures, colours or notes, or start a program.
    ...['--no-show-signature', '--no-color', '--no-notes', '--no-ext-diff', '--no-textconv', '--no-mailmap'],
    ...[tip, '--', ...(prefix === '' ? [] : [`:(top,literal)${prefix}`])],
  ];
  await gitLines(repository, args, {}, (line) => {
    const text = line.replace(/^\n/, '');
    if (text.startsWith(head)) {
      const [id = '', author = '', time = '', subject = ''] = text.slice(head.length).split(part);
      // A commit without its parents seems to add every file.
      commit = boundary.has(id) ? undefined : { commit: id, author, time, subject };
      return;
    }
    const file = text.startsWith(prefix) ? text.slice(prefix.length) : undefined;
    if (file === undefined || commit === undefined || !files.has(file) || found.has(file)) return;
    found.set(file, commit);
  });
  return found;
}

/** Returns true if older commits of the other repository weren't fetched. */
export function isShallow(repository: GitRepository): boolean {
  return boundaryOf(repository).size > 0;
}

/** A character with which no file name of mesh begins. */
const head = '\u0001';
const part = '\u0002';

/** Returns the commits whose parents weren't fetched (`shallow` of Git's repository layout). */
function boundaryOf({ own }: GitRepository): ReadonlySet<string> {
  try {
    const text = readRegularFile(path.join(own, 'shallow'), { most: 16 * 1024 * 1024 }).toString('utf8');
    return new Set(text.split('\n').filter(Boolean));
  } catch {
    return new Set();
  }
}
