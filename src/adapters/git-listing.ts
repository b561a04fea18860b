import { PortError } from '../ports.ts';
import { entries, type GitEntry } from './git-objects.ts';
import { git, gitOutput } from './git-process.ts';
import type { GitRepository } from './git-repository.ts';
import { hookIndex } from './hook-index.ts';

const unreachable = 15;

/** The files of the index, or of the one that a commit is being made from; as `commitEntries`. */
export async function indexEntries(repository: GitRepository, folder = ''): Promise<readonly GitEntry[]> {
  const index = hookIndex(repository);
  const circumstances = index === undefined ? {} : { index };
  const listing = await gitOutput(repository, ['ls-files', '--stage', '-z'], circumstances);
  return entries(listing, folder);
}

/** The files of a commit below a folder (with a slash at its end, empty for all), with paths that begin there. */
export async function commitEntries(
  repository: GitRepository,
  id: string,
  folder = '',
): Promise<readonly GitEntry[]> {
  const paths = folder === '' ? [] : [folder];
  const listing = await gitOutput(repository, ['ls-tree', '-r', '-z', '--full-tree', id, '--', ...paths]);
  return entries(listing, folder);
}

/** The files that Git tracks and those that it would add, below a folder, in order of name. */
export async function trackableFiles(
  repository: GitRepository,
  folder: string,
  patterns: readonly string[] = [],
): Promise<readonly string[]> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...patterns];
  const listing = await gitOutput(repository, args, { folder });
  return [...new Set(listing.split('\0').filter(Boolean))].sort();
}

/** The id of the commit that a revision names. Throws PortError(15) if there is none. */
export async function commitNamed(repository: GitRepository, revision: string): Promise<string> {
  const name = `${revision}^{commit}`;
  const named = await git(repository, ['rev-parse', '--verify', '--quiet', '--end-of-options', name]);
  if (named.code === 0) return named.out.trim();
  const said = named.error === '' ? '' : `: ${named.error.replaceAll(/\s*\n\s*/g, '; ')}`;
  throw new PortError(`Git knows no commit ${JSON.stringify(revision)} here${said}`, unreachable);
}
