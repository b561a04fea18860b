import { lstatSync } from 'node:fs';
import path from 'node:path';
import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import { type GitConfig, GitConfigError, parseGitConfig } from './git-config-text.ts';
import { damaged, readGitFile } from './git-directory-files.ts';
import { findGitPlace, type GitPlace, gitPlaceAt, resolved } from './git-place.ts';
import { git } from './git-process.ts';
import type { GitRepository } from './git-repository.ts';

/**
 * Finds the repository that a folder is in, without running Git. Returns undefined if there is none. Throws
 * PortError(15) if the repository can't be used, or belongs to somebody whom the user doesn't trust (`safe.directory`,
 * git-config(1)): without it, files that Git ignores would look like files of the spec.
 */
export async function findRepository(folder: string): Promise<GitRepository | undefined> {
  const place = findGitPlace(folder);
  return place && openRepository(place);
}

/** Returns the repository at a path that the user named, a bare one included. */
export async function repositoryAt(folder: string): Promise<GitRepository | undefined> {
  const place = gitPlaceAt(folder);
  return place && openRepository(place);
}

async function openRepository(place: GitPlace): Promise<GitRepository> {
  const repository = { ...place, config: configOf(place) };
  const version = repository.config.get('core.repositoryformatversion')?.at(-1) ?? '0';
  if (!/^[01]$/.test(version))
    throw new PortError(
      `the Git repository at ${place.own} has the format version ${version}, and only 0 and 1 are known: a newer mesh is needed`,
      exit.unreachable,
    );
  await refuseForeign(repository);
  const isBare = isTrue(repository.config.get('core.bare')?.at(-1));
  if (place.top !== undefined && place.own === place.common && isBare)
    throw new PortError(
      `${place.own} is a bare Git repository (core.bare), which has no working tree: work in one of its worktrees ('git worktree list'), or say --repo ${place.own}`,
      exit.unreachable,
    );
  return repository;
}

function configOf({ own, common }: GitPlace): GitConfig {
  const config = new Map(parsed(path.join(common, 'config')));
  if (isTrue(config.get('extensions.worktreeconfig')?.at(-1)))
    for (const [name, values] of parsed(path.join(own, 'config.worktree')))
      config.set(name, [...(config.get(name) ?? []), ...values]);
  return config;
}

function parsed(file: string): GitConfig {
  try {
    return parseGitConfig(readGitFile(file) ?? '');
  } catch (error) {
    if (error instanceof GitConfigError) throw damaged(file, error.message);
    throw error;
  }
}

function isTrue(value: string | undefined): boolean {
  return value !== undefined && /^(?:true|yes|on|[1-9]\d*)$/i.test(value);
}

async function refuseForeign(repository: GitRepository): Promise<void> {
  const { top, link, own } = repository;
  const foreign = [link, top, own].find((one) => one !== undefined && !isOurs(one));
  if (foreign === undefined) return;
  const named = top ?? own;
  const answer = await git(repository, ['config', '--null', '--type=path', '--get-all', 'safe.directory']);
  if (isNamed(named, answer.out.split('\0').slice(0, -1))) return;
  throw new PortError(
    `Git reads nothing here: detected dubious ownership in repository at '${named}' (${foreign} belongs to user ${String(lstatSync(foreign).uid)}, and this is user ${String(process.geteuid?.())}). If you trust it: git config --global --add safe.directory '${named}'`,
    exit.unreachable,
  );
}

/** Returns true if a path belongs to this user, or to the user behind sudo, as Git does. */
function isOurs(file: string): boolean {
  const user = process.geteuid?.();
  if (user === undefined) return true;
  const { uid } = lstatSync(file);
  const behind = process.env['SUDO_UID'] ?? '';
  return uid === user || (user === 0 && /^\d+$/.test(behind) && uid === Number(behind));
}

/**
 * Applies the rules of `safe.directory`: an empty value drops the values before it, `*` matches every path, a value
 * that ends with `/*` all paths below.
 */
function isNamed(folder: string, values: readonly string[]): boolean {
  let found = false;
  for (const value of values) {
    if (value === '') found = false;
    else if (value === '*' || value === folder) found = true;
    else if (value.endsWith('/*') && `${folder}/`.startsWith(value.slice(0, -1))) found = true;
  }
  return found;
}

/** Returns the path of a folder from the top of its repository, with a slash at its end; empty for the top itself. */
export function folderIn({ top = '' }: GitRepository, folder: string): string {
  const name = path.relative(top, resolved(folder)).split(path.sep).join('/');
  return name === '' ? '' : `${name}/`;
}
