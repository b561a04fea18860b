import { lstatSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Source, SourceSet, UnreadableSource } from '../core/source/source.ts';
import type { Candidate, SpecStore } from '../ports.ts';
import { errorCode } from './file-error.ts';
import { type FoundFile, fileTree } from './file-tree.ts';
import { isOnBranch } from './git-branches.ts';
import { git } from './git-process.ts';
import { unreadableFile } from './unreadable-file.ts';

const yamlFile = /\.ya?ml$/;

/** Reads a spec from the files below `root`; what Git ignores is skipped, without a repository nothing is ignored. */
export function workingTreeStore(root: string): SpecStore {
  const tree = fileTree(root);
  const asked = new Set<string>();
  return {
    description: root,
    async list() {
      const found = candidates(await yamlFiles(root), tree.find);
      for (const { file } of found) asked.add(file);
      return found;
    },
    read(files) {
      const results = files.map(tree.read);
      return Promise.resolve({
        sources: results.filter((result): result is Source => 'bytes' in result),
        unreadable: results.filter((result): result is UnreadableSource => 'problem' in result),
      } satisfies SourceSet);
    },
    file(name) {
      asked.add(name);
      const found = tree.read(name);
      if ('bytes' in found) return Promise.resolve(found.bytes);
      return isAbsent(root, name) ? Promise.resolve(undefined) : Promise.reject(unreadableFile(found));
    },
    async commit() {
      const head = await git(root, ['rev-parse', '--verify', '--quiet', 'HEAD']);
      if (head.failed) return undefined;
      const status = await git(root, [
        'status',
        '--porcelain=v1',
        '-z',
        '--untracked-files=all',
        '--no-renames',
        '--',
        '.',
      ]);
      return { id: head.out.trim(), dirty: status.failed || differs(status.out, asked) };
    },
    async isOn(branches) {
      const head = await git(root, ['rev-parse', '--verify', '--quiet', 'HEAD']);
      return !head.failed && isOnBranch(root, head.out.trim(), branches);
    },
  };
}

/** Whether there is surely nothing under a name: a link that leads nowhere and a folder that is closed to us are something. */
function isAbsent(root: string, name: string): boolean {
  try {
    return lstatSync(path.join(root, name), { throwIfNoEntry: false }) === undefined;
  } catch (error) {
    return errorCode(error) === 'ENOTDIR';
  }
}

/** Whether a status names a change of what Git knows, or a new file that was asked for: others say nothing of the spec. */
function differs(status: string, asked: ReadonlySet<string>): boolean {
  const untracked = '?? ';
  return status
    .split('\0')
    .filter(Boolean)
    .some((line) => !line.startsWith(untracked) || isAsked(line.slice(untracked.length), asked));
}

/** Paths of a status begin at the top of the repository, those that were asked for at the root of the mesh. */
function isAsked(path: string, asked: ReadonlySet<string>): boolean {
  for (let start = 0; ; ) {
    if (asked.has(path.slice(start))) return true;
    const next = path.indexOf('/', start);
    if (next < 0) return false;
    start = next + 1;
  }
}

function candidates(
  files: readonly string[],
  find: (file: string) => FoundFile | undefined,
): readonly Candidate[] {
  const found = files.flatMap((file) => find(file) ?? []);
  const own = new Set(found.flatMap(({ link, file }) => (link === undefined ? file : [])));
  // A link to a file that is read under its own name says nothing new.
  return found.filter(({ link }) => link === undefined || !own.has(link));
}

/** Each once, in order of name. */
async function yamlFiles(root: string): Promise<readonly string[]> {
  const listing = await git(root, [
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
    '--',
    '*.yaml',
    '*.yml',
  ]);
  const files = !listing.failed ? listing.out.split('\0').filter(Boolean) : await walked(root, '');
  return [...new Set(files)].sort();
}

/** Every YAML file below a folder, without dot-folders; links to folders are not entered. */
async function walked(root: string, folder: string): Promise<string[]> {
  const here = await readdir(path.join(root, folder), { withFileTypes: true });
  const found = await Promise.all(
    here.map(async (entry) => {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory())
        return entry.name.startsWith('.') || entry.name === 'node_modules' ? [] : walked(root, name);
      return yamlFile.test(entry.name) ? [name] : [];
    }),
  );
  return found.flat();
}
