import { type Dirent, lstatSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { exit } from '../core/exit-code.ts';
import { PortError } from '../ports/port-error.ts';
import { gitFileKind, readGitFile } from './git-directory-files.ts';
import type { GitPlace } from './git-place.ts';

/** Milliseconds after which a command of Git may be waiting for a pipe. */
const suspicious = 2000;

/** Files of a working tree that Git opens in every folder that it lists. */
const opened = new Set(['.gitattributes', '.gitignore', '.gitmodules']);

/** The folders of a Git directory in which Git opens files of any name. */
const dataFolders = new Set(['info', 'logs', 'objects', 'refs', 'reftable']);
const dataFile = /^(?:[A-Z_]*HEAD|index|packed-refs|shallow|sharedindex\..*)$/;

/**
 * Watches a running command of Git. If it takes longer than usual, searches the places that Git opens for a named pipe,
 * for which Git would wait for ever, and calls `stop` with a PortError(15) that names the pipe.
 */
export function watchPipes(place: GitPlace, stop: (why: PortError) => void): { readonly end: () => void } {
  let isOver = false;
  const search = async (): Promise<void> => {
    const pipe = await firstPipe(place, () => isOver);
    if (pipe !== undefined && !isOver) stop(pipeError(pipe));
  };
  const timer = setTimeout(() => void search().catch(() => undefined), suspicious);
  return {
    end: () => {
      isOver = true;
      clearTimeout(timer);
    },
  };
}

/**
 * Throws PortError(15) if one of the `.gitignore` from the top of the working tree down to a folder is a named pipe.
 */
export function refuseIgnorePipes({ top }: GitPlace, folder: string): void {
  if (top === undefined) return;
  for (let at = folder; ; at = path.dirname(at)) {
    const file = path.join(at, '.gitignore');
    if (isPipe(file)) throw pipeError(file);
    if (at === top || at === path.dirname(at)) return;
  }
}

function pipeError(file: string): PortError {
  return new PortError(
    `Git can't read ${path.dirname(file)}: ${path.basename(file)} is a named pipe and is not a regular file; remove it`,
    exit.unreachable,
  );
}

async function firstPipe({ top, own, common }: GitPlace, isOver: () => boolean): Promise<string | undefined> {
  for (const directory of new Set([own, common])) {
    for (const name of await readdir(directory)) {
      const file = path.join(directory, name);
      if (dataFile.test(name) && isSpecial(file)) return file;
      const found = dataFolders.has(name) ? await pipeBelow(file, isOver, () => true) : undefined;
      if (found !== undefined) return found;
    }
  }
  return top === undefined ? undefined : pipeBelow(top, isOver, (name) => opened.has(name));
}

/**
 * Returns the first named pipe below a folder whose name matches, nested repositories included; links are not followed.
 */
async function pipeBelow(
  top: string,
  isOver: () => boolean,
  isOpened: (name: string) => boolean,
): Promise<string | undefined> {
  const ahead = [top];
  for (let folder = ahead.pop(); folder !== undefined && !isOver(); folder = ahead.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      const file = path.join(folder, entry.name);
      const isRepository = entry.name === '.git';
      if (entry.isDirectory() && !isRepository) ahead.push(file);
      const found = isRepository ? pipeOfRepository(file) : pipeOf(entry, file);
      if (found !== undefined && (isRepository || isOpened(entry.name))) return found;
    }
  }
  return undefined;
}

function pipeOf(entry: Dirent, file: string): string | undefined {
  return entry.isFIFO() || (entry.isSymbolicLink() && isSpecial(file)) ? file : undefined;
}

/** Returns the first file by which Git recognises a `.git` as a repository, if it is a named pipe. */
function pipeOfRepository(name: string): string | undefined {
  const directory = namedDirectory(name) ?? name;
  return ['HEAD', 'commondir'].map((file) => path.join(directory, file)).find(isSpecial);
}

/** Returns the Git directory that a `.git` file names; undefined if the `.git` is no such file. */
function namedDirectory(file: string): string | undefined {
  try {
    const named = /^gitdir: ([^\r\n]+)/.exec(readGitFile(file) ?? '')?.[1];
    return named === undefined ? undefined : path.resolve(path.dirname(file), named);
  } catch {
    return undefined;
  }
}

/** Returns true if a path leads to a pipe or a device; false also if the path can't be examined. */
function isSpecial(file: string): boolean {
  try {
    return gitFileKind(file) === 'other';
  } catch {
    return false;
  }
}

function isPipe(file: string): boolean {
  try {
    return lstatSync(file, { throwIfNoEntry: false })?.isFIFO() === true;
  } catch {
    return false;
  }
}
