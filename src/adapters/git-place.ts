import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import { damaged, gitFileKind, readGitFile } from './git-directory-files.ts';

/** The paths of a repository of Git; all are absolute, with links resolved. */
export interface GitPlace {
  /** The top folder of the working tree; absent for a bare repository that the user named. */
  readonly top?: string;
  /** The `.git` file that led to the repository, in a linked worktree or a submodule. */
  readonly link?: string;
  /** HEAD and the index of this working tree. */
  readonly own: string;
  /** Refs, objects and settings; in a linked worktree a different folder than `own`. */
  readonly common: string;
}

/**
 * Finds the repository whose working tree a folder is in, upwards: the nearest `.git`, which is a Git directory or a
 * file that names one (gitrepository-layout(5)). A bare repository on the way is passed over, so that a folder of a
 * repository can't pose as one. Returns undefined if there is no `.git`; throws PortError(15) if one can't be used.
 */
export function findGitPlace(folder: string): GitPlace | undefined {
  const start = resolved(folder);
  const ceilings = new Set((process.env['GIT_CEILING_DIRECTORIES'] ?? '').split(path.delimiter));
  let bare: string | undefined;
  for (let top = start; ; top = path.dirname(top)) {
    const place = placeAt(top);
    if (place !== undefined) return place;
    if (bare === undefined && isGitDirectory(top)) bare = top;
    const above = path.dirname(top);
    if (above === top || ceilings.has(above) || isOtherFileSystem(top, above)) break;
  }
  if (bare === undefined) return undefined;
  throw new PortError(
    `${bare} is a bare Git repository, which has no working tree: --repo ${bare} reads its commits`,
    exit.unreachable,
  );
}

/** Returns the repository at a path that the user named: a working tree's top, or a bare repository. */
export function gitPlaceAt(folder: string): GitPlace | undefined {
  const top = resolved(folder);
  const place = placeAt(top);
  if (place !== undefined) return place;
  return isGitDirectory(top) ? { own: top, common: commonOf(top) } : undefined;
}

/** Returns the path with its links resolved, as far as it exists. */
export function resolved(folder: string): string {
  const absolute = path.resolve(folder);
  try {
    return realpathSync.native(absolute);
  } catch {
    const above = path.dirname(absolute);
    return above === absolute ? absolute : path.join(resolved(above), path.basename(absolute));
  }
}

function placeAt(top: string): GitPlace | undefined {
  const name = path.join(top, '.git');
  const kind = gitFileKind(name);
  if (kind === undefined) return undefined;
  if (kind === 'folder') {
    const own = resolved(name);
    return { top, own: checked(own), common: commonOf(own) };
  }
  const target = /^gitdir: ([^\0]+?)[\r\n]*$/.exec(readGitFile(name) ?? '')?.[1];
  if (target === undefined) throw damaged(name, 'invalid gitfile format');
  const own = resolved(path.resolve(top, target));
  if (gitFileKind(own) !== 'folder')
    throw new PortError(
      `${name} names the Git directory ${own}, which is gone: 'git worktree repair' or 'git submodule update' puts it right`,
      exit.unreachable,
    );
  return { top, link: name, own: checked(own), common: commonOf(own) };
}

function checked(own: string): string {
  const head = readGitFile(path.join(own, 'HEAD'));
  if (head === undefined) throw damaged(path.join(own, 'HEAD'), 'there is none');
  if (!isHead(head)) throw damaged(path.join(own, 'HEAD'), 'it names neither a branch nor a commit');
  const common = commonOf(own);
  for (const name of ['objects', 'refs'])
    if (gitFileKind(path.join(common, name)) !== 'folder')
      throw damaged(path.join(common, name), 'there is no such folder');
  return own;
}

/** Returns true if a folder has the parts that Git itself requires of a Git directory. */
export function isGitDirectory(folder: string): boolean {
  const [head, objects, refs] = ['HEAD', 'objects', 'refs'].map((name) => path.join(folder, name));
  try {
    return (
      statSync(head ?? '').isFile() &&
      statSync(objects ?? '').isDirectory() &&
      statSync(refs ?? '').isDirectory()
    );
  } catch {
    return false;
  }
}

function isHead(text: string): boolean {
  return /^ref:\s*refs\/|^[0-9a-f]{40}(?:[0-9a-f]{24})?\s*$/.test(text);
}

function commonOf(own: string): string {
  const written = readGitFile(path.join(own, 'commondir'))?.trimEnd();
  return written === undefined ? own : resolved(path.resolve(own, written));
}

/** Returns true if the parent folder is on another file system: Git doesn't search there unless told to. */
function isOtherFileSystem(folder: string, above: string): boolean {
  if (/^(?:1|true|yes|on)$/i.test(process.env['GIT_DISCOVERY_ACROSS_FILESYSTEM'] ?? '')) return false;
  const here = statSync(folder, { throwIfNoEntry: false });
  return here !== undefined && statSync(above).dev !== here.dev;
}
