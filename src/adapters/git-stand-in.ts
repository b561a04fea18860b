import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import { errorCode } from './file-error.ts';
import type { GitConfig } from './git-config-text.ts';
import { gitFileKind, readGitFile, refuseSpecialFile } from './git-directory-files.ts';
import type { GitPlace } from './git-place.ts';
import { leftover } from './leftovers.ts';

/** The shared parts of a Git directory that contain only data. */
const shared = ['refs', 'packed-refs', 'logs', 'shallow', 'reftable', 'info/exclude'];
/**
 * Names of files of a working tree's own Git directory: commits that Git remembers (`MERGE_HEAD`), and the shared part
 * of a split index.
 */
const ownFiles = /^(?:[A-Z_]+_HEAD|sharedindex\.[0-9a-f]+)$/;

/** A temporary Git directory that commands use instead of a repository's own. */
export interface StandIn {
  readonly directory: string;
  readonly remove: () => void;
}

/**
 * Makes a temporary Git directory with settings of our own that leads to the refs, logs and index of a repository. Git
 * can't read the repository's settings, hooks, attributes, grafts and remotes there. (Overriding them one by one can't
 * be complete, since names of filters and remotes are free.) GIT_OBJECT_DIRECTORY names the objects. No promisor remote
 * is set, so missing objects are never fetched.
 */
export function makeStandIn(place: GitPlace, config: GitConfig): StandIn {
  refuseSpecialFiles(place);
  const folder = temporaryFolder();
  const { forget } = leftover(folder);
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
    forget();
  };
  try {
    const common = path.join(folder, 'common');
    fillCommon(common, place, config);
    const own = place.own === place.common ? common : path.join(folder, 'own');
    if (own !== common) linkToCommon(own, place);
    writeFileSync(path.join(own, 'HEAD'), readGitFile(path.join(place.own, 'HEAD')) ?? '');
    for (const name of readdirSync(place.own).filter((one) => ownFiles.test(one)))
      linkIfThere(path.join(place.own, name), path.join(own, name));
    return { directory: own, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

function fillCommon(folder: string, { common, top }: GitPlace, config: GitConfig): void {
  mkdirSync(path.join(folder, 'info'), { recursive: true });
  for (const name of shared) linkIfThere(path.join(common, name), path.join(folder, name));
  writeFileSync(path.join(folder, 'config'), configText(config, top === undefined));
}

/** Makes the stand-in for the own directory of a linked worktree, with the worktree's logs and refs. */
function linkToCommon(folder: string, { own }: GitPlace): void {
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'commondir'), '../common\n');
  for (const name of ['refs', 'logs', 'reftable']) linkIfThere(path.join(own, name), path.join(folder, name));
}

function refuseSpecialFiles(place: GitPlace): void {
  const { own, common } = place;
  refuseSpecialFile(path.join(own, 'index'));
  for (const name of ['packed-refs', 'shallow', 'info/exclude', 'objects/info/alternates'])
    refuseSpecialFile(path.join(common, name));
  refuseSpecialBranch(place);
}

/** Refuses a HEAD whose branch is a pipe: Git reads this branch first. */
function refuseSpecialBranch({ own, common }: GitPlace): void {
  const branch = /^ref:\s*(refs\/\S+)/.exec(readGitFile(path.join(own, 'HEAD')) ?? '')?.[1];
  if (branch !== undefined && !branch.split('/').includes('..')) {
    const kind = gitFileKind(path.join(common, branch));
    if (kind === 'other') refuseSpecialFile(path.join(common, branch));
  }
}

function linkIfThere(target: string, link: string): void {
  if (gitFileKind(target) !== undefined) symlinkSync(target, link);
}

const plainBooleans = ['ignorecase', 'precomposeunicode', 'symlinks', 'filemode'];

/** Returns settings that name no program: the formats of objects and refs, and the way to compare file names. */
function configText(config: GitConfig, isBare: boolean): string {
  const last = (name: string): string | undefined => config.get(name)?.at(-1);
  const lines = ['[core]', 'repositoryformatversion = 1', `bare = ${isBare}`];
  for (const name of plainBooleans) {
    const value = last(`core.${name}`)?.toLowerCase();
    if (value === 'true' || value === 'false') lines.push(`${name} = ${value}`);
  }
  const excludes = last('core.excludesfile');
  if (excludes !== undefined && /^[/~]/.test(excludes) && !isSpecial(excludes))
    lines.push(`excludesFile = ${JSON.stringify(excludes)}`);
  lines.push('[extensions]');
  for (const name of ['objectformat', 'refstorage']) {
    const value = last(`extensions.${name}`);
    if (value !== undefined && /^[a-z0-9]+$/.test(value)) lines.push(`${name} = ${value}`);
  }
  return `${lines.join('\n')}\n`;
}

function isSpecial(file: string): boolean {
  return file.startsWith('/') && gitFileKind(file) === 'other';
}

function temporaryFolder(): string {
  try {
    return mkdtempSync(path.join(tmpdir(), 'meshwright-git-'));
  } catch (cause) {
    throw new PortError(
      `no temporary folder can be made in ${tmpdir()} (${errorCode(cause) ?? String(cause)}): name one that this user may write in TMPDIR`,
      exit.failed,
      { cause },
    );
  }
}
