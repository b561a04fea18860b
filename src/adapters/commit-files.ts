import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exit } from '../core/exit-code.ts';
import { largestFile } from '../core/source/spec-files.ts';
import type { CheckCommit, CommitFiles, FileChange } from '../ports/commit-files.ts';
import { PortError } from '../ports/port-error.ts';
import { type CommittedBlob, committedBlob } from './committed-blob.ts';
import { findRepository, folderIn } from './find-repository.ts';
import { headCommit } from './git-head.ts';
import { git } from './git-process.ts';
import type { GitRepository } from './git-repository.ts';
import { streamGit } from './git-stream.ts';
import { readRegularFile } from './regular-file.ts';
import { rewriteFile } from './rewrite-file.ts';

/**
 * Commits with the plumbing of Git: no hook, filter or signature of the repository is asked for. The commit is made before
 * the files are written, and the branch moves last.
 */
export const commitFiles: CommitFiles = async (root, files, message, added = []) => {
  const { repository, branch, head, prefix } = await committing(root);
  const entries = await Promise.all([
    ...files.map((change) => entryOf(repository, `${prefix}${change.file}`, change, head)),
    ...added.map(async (file) => {
      const name = path.relative(root, path.resolve(root, file)).replaceAll(path.sep, '/');
      const text = readRegularFile(path.join(root, name), { most: largestFile }).toString('utf8');
      return ['--add', '--cacheinfo', `100644,${await storedBlob(repository, text)},${prefix}${name}`];
    }),
  ]);
  const folder = mkdtempSync(path.join(tmpdir(), 'meshwright-commit-'));
  try {
    const index = path.join(folder, 'index');
    await done(repository, ['read-tree', head], index);
    for (const entry of entries) await done(repository, ['update-index', ...entry], index);
    const tree = await done(repository, ['write-tree'], index);
    const identity = identityOf(repository);
    const commit = await done(repository, [...identity, 'commit-tree', '-p', head, '-m', message, tree]);
    for (const { file, before, text } of files)
      await (text === undefined ? unlink(path.join(root, file)) : rewriteFile(root, file, before, text));
    for (const entry of entries) await done(repository, ['update-index', ...entry]);
    await done(repository, [
      'update-ref',
      '-m',
      `commit: ${message.split('\n', 1)[0] ?? ''}`,
      branch,
      commit,
      head,
    ]);
    return commit;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Checks what `commitFiles` checks before it makes a commit. */
export const checkCommit: CheckCommit = async (root, file, before) => {
  const { repository, head, prefix } = await committing(root);
  await blobOf(repository, `${prefix}${file}`, before, head);
};

async function committing(root: string) {
  const repository = await findRepository(path.resolve(root));
  if (repository === undefined) throw refused(`${root} is not in a Git repository`);
  return { repository, ...(await checkedOut(repository)), prefix: folderIn(repository, root) };
}

async function checkedOut(
  repository: GitRepository,
): Promise<{ readonly branch: string; readonly head: string }> {
  const open = ['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'rebase-merge', 'rebase-apply'].find(
    (name) => existsSync(path.join(repository.own, name)),
  );
  if (open !== undefined)
    throw refused('a merge or a rebase is under way there: end it, and run the command again');
  if (existsSync(path.join(repository.own, 'index.lock')))
    throw refused(
      'another command of Git writes the index (index.lock is there): run the command again later',
    );
  const { code, out } = await git(repository, ['symbolic-ref', '--quiet', 'HEAD']);
  if (code !== 0) throw refused('no branch is checked out there: git switch BRANCH');
  const head = await headCommit(repository);
  if (head === undefined) throw refused('the branch has no commit yet');
  return { branch: out.trim(), head };
}

/** Returns the arguments of `git update-index` for a file; its new content is among the objects then. */
async function entryOf(
  repository: GitRepository,
  name: string,
  { before, text }: FileChange,
  head: string,
): Promise<readonly string[]> {
  const { mode } = await blobOf(repository, name, before, head);
  if (text === undefined) return ['--force-remove', '--', name];
  return ['--cacheinfo', `${mode},${await storedBlob(repository, text)},${name}`];
}

/** Returns the blob of a file in the last commit; throws PortError(1) if the file now has other bytes. */
async function blobOf(
  repository: GitRepository,
  name: string,
  before: Uint8Array,
  head: string,
): Promise<CommittedBlob> {
  const blob = await committedBlob(repository, head, name);
  if (blob === undefined) throw refused(`${name} is not a file of the last commit: commit it first`);
  if (blob.has(before)) return blob;
  throw refused(
    `${name} has changes that are not committed, or other line endings than its commit: commit or undo them first`,
  );
}

/** Stores a content among the objects and returns its id. */
async function storedBlob(repository: GitRepository, input: string): Promise<string> {
  let id = '';
  await streamGit(repository, ['hash-object', '-w', '--stdin'], { input }, (data) => {
    id += data.toString('utf8');
  });
  return id.trim();
}

/** Returns the author whom the repository's own settings name; Git reads the user's settings itself. */
function identityOf({ config }: GitRepository): readonly string[] {
  return ['user.name', 'user.email'].flatMap((name) => {
    const value = config.get(name)?.at(-1);
    return value === undefined ? [] : ['-c', `${name}=${value}`];
  });
}

async function done(repository: GitRepository, args: readonly string[], index?: string): Promise<string> {
  const { code, out, error } = await git(repository, args, {
    ...(index !== undefined && { index }),
  });
  if (code === 0) return out.trim();
  throw refused(
    `git ${args.find((one) => /^[a-z]+-[a-z]+$/.test(one)) ?? ''}: ${error.replaceAll(/\s*\n\s*/g, '; ')}`,
  );
}

function refused(why: string): PortError {
  return new PortError(`Git makes no commit: ${why}`, exit.failed);
}
