import { closeSync, fchmodSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exit } from '../core/exit-code.ts';
import { boundOutput } from '../core/revision/revision-files.ts';
import type { CompiledFile, CompiledLink } from '../ports/compiled-folder.ts';
import { PortError } from '../ports/port-error.ts';
import { fileStamp } from './file-stamps.ts';
import { makeFolder } from './make-folder.ts';

/** Files and links that are written together. */
export interface Batch {
  readonly files: readonly CompiledFile[];
  readonly links: readonly CompiledLink[];
}

/** Results of earlier batches: the folders that exist, and a stamp of each file and link. */
export interface Progress {
  readonly folders: Set<string>;
  readonly stamps: string[];
}

/** Writes new files and links below a folder. */
export function writeBatch(root: string, { files, links }: Batch, { folders, stamps }: Progress): void {
  // Write synchronously: Node's thread pool takes several times as long for many small files.
  for (const { path: file, text, seenAs, secret = false } of files) {
    ensureFolder(root, path.dirname(file), secret, folders);
    const filled = seenAs === undefined ? text : boundOutput({ path: file, text }, seenAs);
    writeFile(inside(root, file), filled, secret ? 0o600 : 0o644);
    stamps.push(fileStamp(root, file));
  }
  for (const { path: link, target } of links) {
    ensureFolder(root, path.dirname(link), false, folders);
    symlinkSync(target, inside(root, link));
    stamps.push(fileStamp(root, link));
  }
}

/** Returns the stamps of all written files and folders, one on each line; empty if none was written. */
export function stampsOf(root: string, { folders, stamps }: Progress): string {
  const all = new Set<string>();
  for (const folder of folders)
    for (let name = folder; !all.has(name); name = path.dirname(name)) all.add(name);
  return [...stamps, ...[...all].map((folder) => fileStamp(root, folder))].join('\n');
}

function ensureFolder(root: string, name: string, secret: boolean, made: Set<string>): void {
  if (made.has(name)) return;
  made.add(name);
  makeFolder(inside(root, name), secret ? 0o700 : 0o755);
}

/** Writes a new file with exactly this mode, despite the umask. */
function writeFile(file: string, text: string, mode: number): void {
  const descriptor = openSync(file, 'wx', mode);
  try {
    fchmodSync(descriptor, mode);
    writeFileSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

function inside(folder: string, name: string): string {
  const full = path.join(folder, name);
  if (full !== folder && !full.startsWith(folder + path.sep))
    throw new PortError(`${JSON.stringify(name)} leads out of the output`, exit.failed);
  return full;
}
