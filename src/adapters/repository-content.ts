import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { exit } from '../core/exit-code.ts';
import { append } from '../core/lib/append.ts';
import type {
  ContentChoice,
  RepositoryContent,
  RepositoryFile,
} from '../core/secret-scan/repository-content.ts';
import { PortError } from '../ports/port-error.ts';
import { errorCode, reasonOf } from './file-error.ts';
import { findRepository } from './find-repository.ts';
import { commitEntries, commitNamed, indexEntries, trackableFiles } from './git-listing.ts';
import { contents, type GitEntry, sizes, symbolicLink } from './git-objects.ts';
import type { GitRepository } from './git-repository.ts';
import { piecesOfRegularFile } from './regular-file.ts';

/** Most bytes of objects that are fetched at a time. */
const most = 32 * 1024 * 1024;

/**
 * Returns all files of the repository that a folder is in, in order of name: those of a working tree that Git tracks or
 * would add, or those of the index or a commit. Links and submodules are left out. Without Git: all files below the
 * folder.
 */
export async function repositoryContent(choice: ContentChoice): Promise<RepositoryContent> {
  const folder = path.resolve(choice.folder);
  const repository = await findRepository(folder);
  const { revision, staged } = choice;
  if (repository === undefined) {
    if (staged || revision !== undefined)
      throw new PortError(
        `${folder} is not in a Git repository: leave --staged and --revision out`,
        exit.unreachable,
      );
    return { root: folder, files: (isWanted) => treeFiles(folder, undefined, isWanted) };
  }
  const { top: root = folder } = repository;
  if (staged || revision !== undefined)
    return { root, files: (isWanted) => objectFiles(repository, revision, isWanted) };
  return { root, files: (isWanted) => treeFiles(root, repository, isWanted) };
}

async function* treeFiles(
  root: string,
  repository: GitRepository | undefined,
  isWanted: (file: string) => boolean,
): AsyncGenerator<RepositoryFile> {
  const files = repository === undefined ? await walk(root, '') : await trackableFiles(repository, root);
  for (const file of files.filter(isWanted)) {
    const absolute = path.join(root, file);
    try {
      const status = await lstat(absolute);
      if (status.isFile()) yield { file, chunks: pieces(absolute) };
    } catch (error) {
      passOverMissing(absolute, error);
    }
  }
}

function* pieces(file: string): Generator<Uint8Array> {
  try {
    yield* piecesOfRegularFile(file, { noLink: true });
  } catch (error) {
    passOverMissing(file, error);
  }
}

/**
 * Passes over a missing file, whose deletion is not committed: it holds no key. Throws PortError(1) for other errors.
 */
function passOverMissing(file: string, error: unknown): void {
  if (errorCode(error) === 'ENOENT') return;
  throw error instanceof PortError
    ? error
    : new PortError(`${file} can't be read (${reasonOf(error)})`, exit.failed, { cause: error });
}

async function walk(root: string, folder: string): Promise<readonly string[]> {
  const here = await readdir(path.join(root, folder), { withFileTypes: true });
  const found: string[] = [];
  for (const entry of here.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) found.push(name);
    else if (entry.name !== 'node_modules') append(found, await walk(root, name));
  }
  return found;
}

/** The largest object of Git that is held in memory, in bytes. */
const largestObject = 512 * 1024 * 1024;

function refuseHuge(file: string, size: number): void {
  if (size <= largestObject) return;
  throw new PortError(
    `${file} has ${String(size)} bytes, and objects of Git are searched up to ${String(largestObject)}: without --staged and --revision files of any size are searched`,
    exit.failed,
  );
}

async function* objectFiles(
  repository: GitRepository,
  revision: string | undefined,
  isWanted: (file: string) => boolean,
): AsyncGenerator<RepositoryFile> {
  const all =
    revision === undefined
      ? await indexEntries(repository)
      : await commitEntries(repository, await commitNamed(repository, revision));
  const wanted = all.filter(({ mode, path: file }) => mode !== symbolicLink && isWanted(file));
  const bytes = await sizes(
    repository,
    wanted.map(({ object }) => object),
  );
  let batch: GitEntry[] = [];
  let size = 0;
  for (const [index, entry] of wanted.entries()) {
    refuseHuge(entry.path, bytes[index] ?? 0);
    batch.push(entry);
    size += bytes[index] ?? 0;
    if (size < most && index < wanted.length - 1) continue;
    const read = await contents(
      repository,
      batch.map(({ object }) => object),
    );
    for (const [position, { path: file }] of batch.entries()) {
      yield { file, chunks: [read[position] ?? new Uint8Array()] };
    }
    batch = [];
    size = 0;
  }
}
