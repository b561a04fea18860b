import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { boundOutput } from '../core/plan/revision-files.ts';
import { type CompiledFile, type CompiledLink, PortError } from '../ports.ts';

/** Files and links that are written together. */
export interface Batch {
  readonly files: readonly CompiledFile[];
  readonly links: readonly CompiledLink[];
}

/** Writes new files and links below a folder; `made` are the folders in it that are there already, and becomes those that are. */
export function writeBatch(root: string, { files, links }: Batch, made: Set<string>): void {
  // At once and not through a pool of threads, where as many small files take several times as long.
  for (const { path: file, text, seenAs, secret = false } of files) {
    makeFolder(root, path.dirname(file), secret, made);
    const filled = seenAs === undefined ? text : boundOutput({ path: file, text }, seenAs);
    writeFileSync(inside(root, file), filled, { flag: 'wx', ...(secret && { mode: 0o600 }) });
  }
  for (const { path: link, target } of links) {
    makeFolder(root, path.dirname(link), false, made);
    symlinkSync(target, inside(root, link));
  }
}

function makeFolder(root: string, name: string, secret: boolean, made: Set<string>): void {
  if (made.has(name)) return;
  made.add(name);
  mkdirSync(inside(root, name), { recursive: true, ...(secret && { mode: 0o700 }) });
}

function inside(folder: string, name: string): string {
  const full = path.join(folder, name);
  if (full !== folder && !full.startsWith(folder + path.sep))
    throw new PortError(`${JSON.stringify(name)} leads out of the output`, 1);
  return full;
}
