import { chmodSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

const setGroup = 0o2000;

/**
 * Makes a folder and what is missing above it, with this very mode whatever the umask; a group that a folder above hands
 * down stays. Folders that are there keep their mode. Returns the topmost folder that was made, or undefined if none was.
 */
export function makeFolder(folder: string, mode: number): string | undefined {
  const first = mkdirSync(folder, { recursive: true, mode });
  if (first === undefined) return undefined;
  for (let at = path.resolve(folder); at.length >= first.length; at = path.dirname(at))
    chmodSync(at, mode | (statSync(at).mode & setGroup));
  return first;
}
