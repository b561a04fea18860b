import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import { gitLines, mostFiles, tooManyFiles } from './git-lines.ts';
import { entryCollector, type GitEntry } from './git-objects.ts';
import { refuseIgnorePipes } from './git-pipes.ts';
import { resolved } from './git-place.ts';
import { git } from './git-process.ts';
import type { GitRepository } from './git-repository.ts';
import { hookIndex } from './hook-index.ts';

/** Returns the files of the index, or of the index that a commit is being made from, in the form of `commitEntries`. */
export async function indexEntries(repository: GitRepository, folder = ''): Promise<readonly GitEntry[]> {
  const index = hookIndex(repository);
  const circumstances = index === undefined ? {} : { index };
  const { take, found } = entryCollector(folder);
  await gitLines(repository, ['ls-files', '--stage', '-z'], circumstances, take);
  return found;
}

/**
 * Returns the files of a commit below a folder (with a slash at its end, empty for all), with paths relative to the
 * folder.
 */
export async function commitEntries(
  repository: GitRepository,
  id: string,
  folder = '',
): Promise<readonly GitEntry[]> {
  const paths = folder === '' ? [] : [folder];
  const { take, found } = entryCollector(folder);
  await gitLines(repository, ['ls-tree', '-r', '-z', '--full-tree', id, '--', ...paths], {}, take);
  return found;
}

/** Returns the files below a folder that Git tracks or would add, in order of name. */
export async function trackableFiles(
  repository: GitRepository,
  folder: string,
  patterns: readonly string[] = [],
): Promise<readonly string[]> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...patterns];
  refuseIgnorePipes(repository, resolved(folder));
  const found = new Set<string>();
  await gitLines(repository, args, { folder }, (line) => {
    found.add(line);
    if (found.size > mostFiles) throw tooManyFiles('', mostFiles);
  });
  return [...found].sort();
}

/** Returns the id of the commit that a revision names. Throws PortError(15) if there is none. */
export async function commitNamed(repository: GitRepository, revision: string): Promise<string> {
  const name = `${revision}^{commit}`;
  const named = await git(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', name]);
  // Git prints several lines for a range, and a caret before the id for a negation.
  if (named.code === 0 && /^[0-9a-f]+\n$/.test(named.out)) return named.out.trim();
  const said = named.error === '' ? '' : `: ${named.error.replaceAll(/\s*\n\s*/g, '; ')}`;
  throw new PortError(`Git knows no commit ${JSON.stringify(revision)} here${said}`, exit.unreachable);
}
